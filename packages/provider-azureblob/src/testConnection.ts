/**
 * The connection test. One listing shows how far a request gets.
 */
import type { Ambient, MemoryBudget, StorageError, Transport } from "@mooring/core"
import { testPolicy } from "@mooring/core/Attempts"
import type { Stage, TestOptions } from "@mooring/core/ConnectionTest"
import { otherScheme } from "@mooring/core/connectionTest/otherScheme"
import { runRemoteTest } from "@mooring/core/connectionTest/remoteTest"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeBlobClient } from "./api/BlobClient.ts"
import type { AzureBlobSettings } from "./AzureBlobSettings.ts"
import { listPage } from "./list.ts"
import { headOf } from "./stat.ts"
import { advised, advisedOfToken, placeOption } from "./testConnection/advice.ts"
import { readingOf, writingOf } from "./testConnection/probes.ts"
import { readAgain } from "./testConnection/readAgain.ts"

/** The error of a listing as it is to be understood, by what was answered and what another scheme answers. */
const understood = (settings: AzureBlobSettings, error: StorageError) => {
  const read = readAgain(error)
  const place = { address: `${settings.origin}${settings.basePath}`, pointer: placeOption(settings) }
  return Effect.map(otherScheme(place, read), (found = read) => found)
}

/** Lists `at`; without it the container of a signature, which may list no others, else the account. */
export const testConnection = Effect.fnUntraced(function* (
  settings: AzureBlobSettings,
  { at: asked = [], write = false }: TestOptions
): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | Ambient | MemoryBudget | Scope.Scope> {
  const client = yield* makeBlobClient(Effect.succeed(settings), testPolicy)
  const { identity, identityOption: option, ignoredOptions, container, origin } = settings
  return yield* runRemoteTest<Transport>(
    {
      container: "container",
      authentication: { used: option === undefined ? [] : [option], ignored: ignoredOptions },
      encrypted: origin.startsWith("https:"),
      // The key of an account may do everything: where it is refused, all else is too.
      narrow: identity.kind !== "sharedKey",
      identify: Effect.as(client.session.get, {}),
      listPage: listPage(client),
      head: (path) => headOf(client, path),
      reading: readingOf(client),
      writing: writingOf(client, settings),
      secondLook: (error, phase) => (phase === "identify" ? Effect.succeed(error) : understood(settings, error)),
      advised: (error, phase) => (phase === "identify" ? advisedOfToken : advised)(settings, error)
    },
    { at: asked.length === 0 && container !== undefined ? [container] : asked, write }
  )
})
