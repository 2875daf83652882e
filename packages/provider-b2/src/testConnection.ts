/**
 * The connection test: the authorization shows how far a request gets and whether the key is taken, a listing what the
 * key may do at the place.
 */
import type { MemoryBudget, Transport } from "@mooring/core"
import { testPolicy } from "@mooring/core/Attempts"
import type { Stage, TestOptions } from "@mooring/core/ConnectionTest"
import { otherScheme } from "@mooring/core/connectionTest/otherScheme"
import { runRemoteTest } from "@mooring/core/connectionTest/remoteTest"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeB2Client } from "./api/B2Client.ts"
import type { B2Settings } from "./B2Settings.ts"
import { listPage } from "./list.ts"
import { headOf } from "./stat.ts"
import { advised } from "./testConnection/advice.ts"
import { readingOf, writingOf } from "./testConnection/probes.ts"

/** The stages, in their order; nothing is left behind. */
export const testConnection = Effect.fnUntraced(function* (
  settings: B2Settings,
  options: TestOptions
): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | MemoryBudget | Scope.Scope> {
  const client = yield* makeB2Client(Effect.succeed(settings), testPolicy)
  return yield* runRemoteTest<Transport>(
    {
      container: "bucket",
      authentication: { used: ["account", "key"], ignored: [] },
      encrypted: settings.endpoint.startsWith("https:"),
      identify: Effect.as(client.authorized, { accepted: true }),
      listPage: listPage(client),
      head: (path) => headOf(client, path),
      reading: readingOf(client, settings),
      writing: writingOf(client, settings),
      // All other addresses are the service's own to say.
      secondLook: (error) =>
        Effect.map(
          otherScheme({ address: settings.endpoint, pointer: "#/endpoint" }, error),
          (found) => found ?? error
        ),
      advised: (error) => advised(settings, error)
    },
    options
  )
})
