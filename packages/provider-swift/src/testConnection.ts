/**
 * The connection test: a token first, then one listing, then an object. Each failure is put to the option to blame.
 */
import type { Ambient, MemoryBudget, Transport } from "@mooring/core"
import { testPolicy } from "@mooring/core/Attempts"
import type { CallPolicy } from "@mooring/core/Call"
import type { Stage, TestOptions } from "@mooring/core/ConnectionTest"
import { runRemoteTest } from "@mooring/core/connectionTest/remoteTest"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { makeSwiftClient } from "./api/SwiftClient.ts"
import { listPage } from "./list.ts"
import { headOf } from "./stat.ts"
import type { SwiftSettings } from "./SwiftSettings.ts"
import { advised } from "./testConnection/advice.ts"
import { readingOf, writingOf } from "./testConnection/probes.ts"
import { secondLook } from "./testConnection/secondLook.ts"

const isTls = (url: string | undefined): boolean => url?.startsWith("https:") === true

/** Whether a token is asked for over TLS, as far as the options tell. */
const asksOverTls = ({ auth }: SwiftSettings): boolean => {
  if (auth.kind === "ambient") return isTls(auth.written.auth)
  return auth.kind === "given" ? isTls(auth.storageUrl) : isTls(auth.url)
}

/** The connection test under a policy, which holds for each of its calls. */
export const testConnectionUnder = (policy: CallPolicy) =>
  Effect.fnUntraced(function* (
    settings: SwiftSettings,
    options: TestOptions
  ): Effect.fn.Return<ReadonlyArray<Stage>, never, Transport | Ambient | MemoryBudget | Scope.Scope> {
    const clientOf = (others: SwiftSettings) => makeSwiftClient(Effect.succeed(others), policy)
    const environment = yield* Effect.context<Transport | Ambient | MemoryBudget>()
    const client = yield* clientOf(settings)
    const accepts = (others: SwiftSettings) =>
      Effect.provide(
        Effect.flatMap(clientOf(others), ({ session }) => session.get),
        environment
      )
    return yield* runRemoteTest(
      {
        container: "container",
        authentication: settings.authentication,
        encrypted: asksOverTls(settings),
        identify: Effect.map(client.session.get, ({ login, storageUrl }) => ({
          // A token that was given is shown to nobody before the listing.
          accepted: login.kind !== "given",
          encrypted: asksOverTls({ ...settings, auth: login }) || isTls(storageUrl)
        })),
        listPage: listPage(client),
        head: (path) => headOf(client, path),
        reading: readingOf(client),
        writing: writingOf(client, settings),
        secondLook: (error, phase) => Effect.provide(secondLook({ settings, phase, error, accepts }), environment),
        advised: (error, phase) => advised(settings, phase, error)
      },
      options
    )
  })

export const testConnection = testConnectionUnder(testPolicy)
