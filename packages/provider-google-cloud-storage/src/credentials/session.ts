/**
 * The token with which an open store asks: read at each request, so that new options reach it; fetched once for all who
 * wait, and anew when it expires or is refused.
 */
import type { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import { fromSource, type Credentials } from "@mooring/core/Credentials"
import type { TransportShape } from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { AccessToken, CredentialSource } from "./CredentialSource.ts"
import { tokenFrom, type FetchedSource } from "./tokenFrom.ts"

/** Undefined is anonymous. Values are told apart by identity: the same object means that nothing else was found. */
export type Session = Credentials<AccessToken | undefined>

/** How long before its end a token is fetched anew, in milliseconds: a request that is on its way has that long. */
const margin = 300_000

/** Whether there is another token than the one that was written as an option. */
const isRefreshable = (source: FetchedSource): boolean =>
  source.kind !== "token" || (source.refreshToken !== undefined && source.client.clientId !== "")

/** A token that was written as an option is used first, and where it can be refreshed once: then it was refused. */
const sourced = (
  source: FetchedSource,
  doors: { readonly transport: TransportShape; readonly ambient: AmbientShape }
) => {
  let written = source.kind === "token" ? source.access : undefined
  return Effect.gen(function* () {
    const stored = written
    if (isRefreshable(source)) written = undefined
    const now = yield* Clock.currentTimeMillis
    return stored !== undefined && (stored.expires ?? Infinity) > now ? stored : yield* tokenFrom(source, doors)
  })
}

/** A session that follows the source of an open store. */
export const makeSession = (
  source: Effect.Effect<CredentialSource>,
  transport: TransportShape,
  ambient: AmbientShape
): Session => {
  const known = new WeakMap<FetchedSource, Session>()
  let current: Session | undefined

  const fetched = Effect.fnUntraced(function* (from: FetchedSource): Effect.fn.Return<AccessToken, StorageError> {
    const session =
      known.get(from) ??
      (yield* fromSource(sourced(from, { transport, ambient }), { expires: ({ expires }) => expires, margin }))
    known.set(from, session as Session)
    current = session as Session
    return (yield* session.get) as AccessToken
  })

  return {
    get: Effect.flatMap(source, (found) => {
      if (found.kind === "anonymous") return Effect.succeed(undefined)
      return found.kind === "static" ? Effect.succeed(found.access) : fetched(found)
    }),
    invalidate: (refused) => current?.invalidate(refused) ?? Effect.void
  }
}
