/**
 * Sessions with directory buckets: keys for one bucket that the keys of the account are exchanged for. Each is begun
 * once for all who wait, anew shortly before it ends, when it is refused, and when the account has other keys.
 */
import type { StorageError } from "@mooring/core"
import { fromSource } from "@mooring/core/Credentials"
import * as Effect from "effect/Effect"
import type { S3Credentials } from "./CredentialSource.ts"
import type { Session } from "./session.ts"

/** How many buckets are remembered; an account has a hundred in a region unless it asked for more. */
const maxBuckets = 1000

interface Known {
  readonly account: S3Credentials
  readonly session: Session
}

/** The session with a bucket. `begin` asks the service for one; without keys of the account there is nothing to ask with. */
export const makeBucketSessions = (
  account: Session,
  begin: (bucket: string) => Effect.Effect<S3Credentials, StorageError>
): ((bucket: string) => Session) => {
  const known = new Map<string, Known>()

  const sessionWith = Effect.fnUntraced(function* (bucket: string, keys: S3Credentials) {
    const session: Session = yield* fromSource<S3Credentials | undefined>(begin(bucket), {
      expires: (credentials) => credentials?.expires
    })
    const meanwhile = known.get(bucket)
    if (meanwhile?.account === keys) return meanwhile.session
    if (known.size >= maxBuckets) known.clear()
    known.set(bucket, { account: keys, session })
    return session
  })

  return (bucket) => ({
    get: Effect.gen(function* () {
      const keys = yield* account.get
      if (keys === undefined) return undefined
      const found = known.get(bucket)
      const session = found?.account === keys ? found.session : yield* sessionWith(bucket, keys)
      return yield* session.get
    }),
    invalidate: (refused) => Effect.suspend(() => known.get(bucket)?.session.invalidate(refused) ?? Effect.void)
  })
}
