/**
 * What the process was started with, and the host that a command runs on.
 */
import { Host } from "@mooring/host"
import { installedPlugins, stateFolder } from "@mooring/server"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"

/** The environment of the process. */
export class Invocation extends Context.Service<
  Invocation,
  { readonly env: Readonly<Record<string, string | undefined>> }
>()("@mooring/cli/Invocation") {}

/** The host on the state of this user, under the policy `local`. Built only for the commands that need it. */
export const host = Layer.unwrap(
  Effect.gen(function* () {
    const { env } = yield* Invocation
    const state = stateFolder(env)
    const key = env["MOORING_KEY"]
    const plugins = yield* installedPlugins(state, { bundled: true })
    return Host.layer({ state, policy: "local", plugins, env, ...(key && { key: Redacted.make(key) }) })
  })
)
