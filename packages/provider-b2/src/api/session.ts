/**
 * The authorization of an open store: fetched once for all who wait, anew when its token is refused or before it ends,
 * and when the settings have another key.
 */
import type { StorageError } from "@mooring/core"
import { fromSource, type Credentials } from "@mooring/core/Credentials"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Equal from "effect/Equal"
import type { B2Settings } from "../B2Settings.ts"
import { authorize, type Authorization, type Exchange } from "./authorize.ts"

/** Milliseconds for which a token is valid at most: 24 hours. */
const lifetime = 24 * 3_600_000

const isOf = ({ account, key }: Authorization, settings: B2Settings): boolean =>
  account === settings.account && Equal.equals(key, settings.key)

/** The authorization in force, and the one that was last, whose token may have ended. */
export interface Session extends Credentials<Authorization> {
  /** What the service said last of the key of the settings, if nobody refused it since. Asks nothing. */
  readonly known: Effect.Effect<Authorization | undefined>
}

/** A session that follows the settings of an open store. */
export const makeSession = Effect.fnUntraced(function* (
  settings: Effect.Effect<B2Settings>,
  exchange: Exchange
): Effect.fn.Return<Session> {
  const begun = new WeakMap<Authorization, number>()
  let last: Authorization | undefined
  const fetched = yield* fromSource(
    Effect.gen(function* () {
      const started = yield* Clock.currentTimeMillis
      const authorization = yield* authorize(exchange, yield* settings)
      begun.set(authorization, started)
      last = authorization
      return authorization
    }),
    { expires: (authorization) => (begun.get(authorization) ?? 0) + lifetime }
  )
  const get: Effect.Effect<Authorization, StorageError> = Effect.gen(function* () {
    const authorization = yield* fetched.get
    if (isOf(authorization, yield* settings)) return authorization
    yield* fetched.invalidate(authorization)
    return yield* fetched.get
  })
  const known = Effect.map(settings, (now) => (last !== undefined && isOf(last, now) ? last : undefined))
  const invalidate = (refused: Authorization) =>
    Effect.suspend(() => {
      if (last === refused) last = undefined
      return fetched.invalidate(refused)
    })
  return { get, known, invalidate }
})
