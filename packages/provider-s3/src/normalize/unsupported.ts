/**
 * Options of the contract whose meaning is not built: refused when they ask for something, never ignored.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import type { S3Config } from "../S3Config.ts"

interface Unsupported {
  readonly detail: string
  /** The values that are refused; all but the default if absent. The others ask for what is done anyway. */
  readonly refuses?: ReadonlyArray<unknown>
}

/** Option to why it is refused. */
const unsupported: { readonly [Name in keyof typeof S3Config.fields]?: Unsupported } = {
  sts_endpoint: { detail: "roles cannot be assumed, so there is no use for a token service" }
}

/** Whether a value is the default of one of these options: all of them are empty. */
const asksForNothing = (value: unknown): boolean =>
  Redacted.isRedacted(value)
    ? Redacted.value(value) === ""
    : value === undefined || value === null || value === "" || value === 0 || value === false

/** An issue for each option that asks for what is not built. */
export const unsupportedIn = (config: typeof S3Config.Type): ReadonlyArray<ProviderPlugin.Issue> =>
  Object.entries(unsupported).flatMap(([name, { detail, refuses }]) => {
    const value = config[name as keyof typeof config]
    const refused = refuses === undefined ? !asksForNothing(value) : refuses.includes(value)
    return refused ? [{ pointer: `#/${name}`, code: "unsupported" as const, detail }] : []
  })
