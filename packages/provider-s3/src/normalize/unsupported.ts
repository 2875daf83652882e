/**
 * Options of the contract that have no meaning here: refused when they ask for something, never ignored.
 */
import type { ProviderPlugin } from "@mooring/core"
import type { S3Config } from "../S3Config.ts"

/** An issue for each option that asks for what is not done. */
export const unsupportedIn = ({ sts_endpoint: tokens }: typeof S3Config.Type): ReadonlyArray<ProviderPlugin.Issue> =>
  tokens === ""
    ? []
    : [
        {
          pointer: "#/sts_endpoint",
          code: "unsupported",
          detail: "roles cannot be assumed, so there is no use for a token service"
        }
      ]
