/**
 * The remote call that begins a session with a directory bucket, a single attempt.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateSession.html
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import type { S3Credentials } from "../credentials/CredentialSource.ts"
import { documentNamed, sessionOf, timeOf } from "../wire.ts"
import { managedKeyHeaders } from "./objectHeaders.ts"
import type { S3Client } from "./S3Client.ts"

/**
 * CreateSession: keys that are good for one bucket, for five minutes. Their end is told by the clock of the service,
 * and is given by that of this machine, which may be some minutes off.
 */
export const createSession = Effect.fnUntraced(function* (client: Pick<S3Client, "settings" | "send">, bucket: string) {
  const headers = managedKeyHeaders(yield* client.settings)
  const answer = yield* client.send({ method: "GET", bucket, query: { session: "" }, headers, ofAccount: true })
  const { expires, ...keys } = yield* sessionOf(yield* documentNamed(answer, "CreateSessionResult"))
  const now = yield* Clock.currentTimeMillis
  const ends = now + expires - (timeOf(answer.headers["date"]) ?? now)
  return { ...keys, ofBucket: true, expires: ends } satisfies S3Credentials
}, Effect.scoped)
