/**
 * What is printed at start: where the server is, and the first thing to do.
 */
import * as Console from "effect/Console"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { ServerConfig } from "./serverConfig.ts"

/** The token is shown once; afterwards only its digest is left. */
export const announce = Effect.fnUntraced(function* (
  url: string,
  first: Redacted.Redacted<string> | undefined,
  { state, policy }: ServerConfig
) {
  yield* Console.log(`Mooring listens on ${url} (policy ${policy}, state ${state})`)
  if (first === undefined) return yield* Console.log("token: the one that was printed on first start")
  const token = Redacted.value(first)
  yield* Console.log(`token: ${token}`)
  yield* Console.log("It is shown only now. To connect a directory of this machine:")
  yield* Console.log(
    `curl -X POST ${url}/api/v1/backends/local -H 'Authorization: Bearer ${token}' ` +
      `-H 'Content-Type: application/json' -d '{"root": "'"$PWD"'"}'`
  )
})
