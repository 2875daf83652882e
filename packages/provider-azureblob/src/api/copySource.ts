/**
 * Where a copy is from.
 */
import type { Headers } from "@mooring/core/Transport"
import * as Redacted from "effect/Redacted"
import type { AzureBlobSettings } from "../AzureBlobSettings.ts"
import type { StateTarget } from "../keys.ts"
import { urlOf } from "./address.ts"

/** The header with the address of the source; a right that is a signature must be in it too. */
export const copySource = (settings: AzureBlobSettings, source: StateTarget): Headers => {
  const { identity } = settings
  const url = urlOf(settings, source)
  if (identity.kind !== "sas") return { "x-ms-copy-source": url }
  return { "x-ms-copy-source": `${url}${url.includes("?") ? "&" : "?"}${Redacted.value(identity.query)}` }
}
