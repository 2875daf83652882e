/**
 * The connection test. A listing shows how far a request gets; where nothing names what to list, one call shows whether
 * the token is taken.
 */
import { StorageError, type Ambient, type MemoryBudget, type Path, type Transport } from "@mooring/core"
import { testPolicy } from "@mooring/core/Attempts"
import type { Stage, TestOptions } from "@mooring/core/ConnectionTest"
import { otherScheme } from "@mooring/core/connectionTest/otherScheme"
import { runRemoteTest } from "@mooring/core/connectionTest/remoteTest"
import type { ListOptions } from "@mooring/core/ObjectStore"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeStorageClient, type StorageClient } from "./api/StorageClient.ts"
import { check } from "./check.ts"
import type { GoogleCloudStorageSettings } from "./GoogleCloudStorageSettings.ts"
import { listPage } from "./list.ts"
import { headOf } from "./stat.ts"
import { advised } from "./testConnection/advice.ts"
import { readingOf, writingOf } from "./testConnection/probes.ts"
import { readAgain } from "./testConnection/readAgain.ts"

/** Without a project and a place there is nothing to list, which is no fault of the credentials. */
const listAt = (client: StorageClient) => (directory: Path, options?: ListOptions) =>
  Effect.mapError(listPage(client)(directory, options), (error) =>
    error.reason._tag === "missing_field"
      ? StorageError.of("permission_denied", error.reason.detail, {
          pointer: "#/project_number",
          suggestion: "the number of the project; or test with a bucket (at)"
        })
      : error
  )

/** The stages, in their order; nothing is left behind. */
export const testConnection = Effect.fnUntraced(function* (
  settings: GoogleCloudStorageSettings,
  options: TestOptions
): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | Ambient | MemoryBudget | Scope.Scope> {
  const client = yield* makeStorageClient(Effect.succeed(settings), testPolicy)
  const { at = [] } = options
  const place = { address: `${settings.origin}${settings.basePath}`, pointer: "#/endpoint" }
  const nothingToList = at.length === 0 && settings.project === undefined
  const identify = Effect.gen(function* () {
    yield* client.repeated(client.session.get)
    if (!nothingToList) return {}
    yield* check(client)
    return { accepted: true }
  })
  return yield* runRemoteTest<Transport>(
    {
      container: "bucket",
      authentication: settings.authentication,
      encrypted: settings.origin.startsWith("https:"),
      identify,
      listPage: listAt(client),
      head: (path) => headOf(client, path),
      reading: readingOf(client),
      writing: writingOf(client, settings),
      // Services of tokens are told of where they are asked.
      secondLook: (error, phase) => {
        if (phase === "identify" && error.reason.pointer !== undefined) return Effect.succeed(error)
        const read = readAgain(at, error)
        return Effect.map(otherScheme(place, read), (found) => found ?? read)
      },
      advised: (error) => advised(settings, error)
    },
    options
  )
})
