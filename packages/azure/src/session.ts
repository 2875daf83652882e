/**
 * What authorises the requests of an open store: read at each request, so that new options reach it; tokens are fetched
 * once for all who wait, and anew when they expire or are refused.
 */
import type { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import { fromSource, type Credentials } from "@mooring/core/Credentials"
import type { TransportShape } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { AccessToken, Authority } from "./Authority.ts"
import { tokenFrom } from "./entra/tokenFrom.ts"
import type { Identity, TokenSource } from "./Identity.ts"

/** Values are told apart by identity: the same object means that nothing else was found. */
export type Session = Credentials<Authority>

type Bearer = { readonly kind: "bearer" } & AccessToken

/** How long before its end a token is fetched anew, in milliseconds: a request that is on its way has that long. */
const margin = 300_000

/** A session that follows the identity of an open store. */
export const makeSession = (
  identity: Effect.Effect<Identity>,
  transport: TransportShape,
  ambient: AmbientShape
): Session => {
  const bearers = new WeakMap<TokenSource, Credentials<Bearer>>()
  let current: Credentials<Bearer> | undefined

  const bearerOf = Effect.fnUntraced(function* (source: TokenSource): Effect.fn.Return<Bearer, StorageError> {
    const fetched = Effect.map(tokenFrom(source, transport, ambient), (token): Bearer => ({ kind: "bearer", ...token }))
    const credentials =
      bearers.get(source) ?? (yield* fromSource(fetched, { expires: ({ expires }) => expires, margin }))
    bearers.set(source, credentials)
    current = credentials
    return yield* credentials.get
  })

  return {
    get: Effect.flatMap(identity, (found) =>
      found.kind === "token" ? bearerOf(found.source) : Effect.succeed<Authority>(found)
    ),
    invalidate: (refused) =>
      refused.kind === "bearer" && current !== undefined ? current.invalidate(refused) : Effect.void
  }
}
