/**
 * From options to the settings of a local store.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Result from "effect/Result"
import * as path from "node:path"
import type { LocalConfig } from "./LocalConfig.ts"

/** What a store over a directory needs to know. */
export interface LocalSettings {
  /** An absolute path. */
  readonly root: string
}

/** An absolute root, or `invalid_value`: a relative one would depend on where the server was started. */
export const normalize = ({
  root
}: typeof LocalConfig.Type): Result.Result<LocalSettings, ReadonlyArray<ProviderPlugin.Issue>> =>
  root === "" || path.isAbsolute(root)
    ? Result.succeed({ root: path.normalize(root) })
    : Result.fail([{ pointer: "#/root", code: "invalid_value", detail: "must be an absolute path" }])
