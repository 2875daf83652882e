/**
 * The connection test. One listing shows how far a request gets; where it fails, its error is read again by what is
 * known of such services, and a second look asks what one more request can tell.
 */
import type { Ambient, MemoryBudget, Path, Transport } from "@mooring/core"
import { testPolicy } from "@mooring/core/Attempts"
import type { CallPolicy } from "@mooring/core/Call"
import type { Stage, TestOptions } from "@mooring/core/ConnectionTest"
import { runRemoteTest } from "@mooring/core/connectionTest/remoteTest"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeS3Client } from "./api/S3Client.ts"
import { authenticationOf } from "./credentials/CredentialSource.ts"
import { listPage } from "./list.ts"
import type { S3Settings } from "./S3Settings.ts"
import { headOf } from "./stat.ts"
import { advised } from "./testConnection/advice.ts"
import { readingOf, writingOf } from "./testConnection/probes.ts"
import { readAgain } from "./testConnection/readAgain.ts"
import { secondLook } from "./testConnection/secondLook.ts"

/** The connection test under a policy, which holds for each of its calls. */
export const testConnectionUnder = (policy: CallPolicy) => {
  const clientOf = (settings: S3Settings) => makeS3Client(Effect.succeed(settings), policy)
  return Effect.fnUntraced(function* (
    settings: S3Settings,
    options: TestOptions
  ): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | Ambient | MemoryBudget | Scope.Scope> {
    const client = yield* clientOf(settings)
    const { at = [] } = options
    const list = (others: S3Settings, place: Path = at) =>
      Effect.flatMap(clientOf(others), (it) => listPage(it)(place, { limit: 1, recursive: place.length > 0 }))
    const services = yield* Effect.context<MemoryBudget | Ambient>()
    return yield* runRemoteTest<Transport>(
      {
        container: "bucket",
        authentication: authenticationOf(settings.credentials),
        encrypted: settings.origin.startsWith("https:"),
        identify: Effect.as(client.session.get, {}),
        listPage: listPage(client),
        head: (path) => headOf(client, path),
        reading: readingOf(client, settings),
        writing: writingOf(client, settings),
        secondLook: (error, phase) =>
          phase === "identify"
            ? Effect.succeed(error)
            : secondLook({
                settings,
                at,
                error: readAgain(settings, at, error),
                list: (others, place) => Effect.provide(list(others, place), services)
              }),
        advised: (error) => advised(settings, error)
      },
      options
    )
  })
}

/** The connection test as a person waits for it: few tries, 20 seconds for each call. */
export const testConnection = testConnectionUnder(testPolicy)
