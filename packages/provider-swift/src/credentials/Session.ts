/**
 * Who asks, now: the token and the account that it is for. Found once for all who wait, found anew when it expires, is
 * refused, or when the options of an open store change.
 */
import type { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import { fromSource, type Credentials } from "@mooring/core/Credentials"
import * as Effect from "effect/Effect"
import type * as Redacted from "effect/Redacted"
import type { SwiftSettings } from "../SwiftSettings.ts"
import type { AuthSource, Login } from "./AuthSource.ts"
import { ambientLogin } from "./environment.ts"

/** What an authentication gives. */
export interface Grant {
  /** Address of the account, without a slash at its end. */
  readonly storageUrl: string
  readonly token: Redacted.Redacted<string>
  /** Milliseconds since 1970; absent is not known. */
  readonly expires?: number
}

export interface Account extends Grant {
  readonly login: Login
  /** The settings that it was made of. */
  readonly source: AuthSource
}

/** A session that follows the settings of an open store. `authenticate` makes one exchange with the service. */
export const makeSession = Effect.fnUntraced(function* (
  settings: Effect.Effect<SwiftSettings>,
  ambient: AmbientShape,
  authenticate: (login: Login) => Effect.Effect<Grant, StorageError>
): Effect.fn.Return<Credentials<Account>> {
  const fetched = yield* fromSource(
    Effect.gen(function* () {
      const { auth: source } = yield* settings
      const login = source.kind === "ambient" ? yield* ambientLogin(ambient, source.written) : source
      return { ...(yield* authenticate(login)), login, source } satisfies Account
    }),
    { expires: ({ expires }) => expires }
  )
  return {
    get: Effect.gen(function* () {
      const account = yield* fetched.get
      if (account.source === (yield* settings).auth) return account
      yield* fetched.invalidate(account)
      return yield* fetched.get
    }),
    invalidate: fetched.invalidate
  }
})
