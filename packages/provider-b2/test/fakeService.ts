/**
 * A client over answers that a test makes up, without a network.
 */
import { Ambient, MemoryBudget, Transport, type StorageError } from "@mooring/core"
import type { HttpRequest } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { makeB2Client } from "../src/api/B2Client.ts"
import type { B2Settings } from "../src/B2Settings.ts"

export interface FakeAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  /** JSON, or text as it is. */
  readonly body?: unknown
  /** The way to the service fails instead. */
  readonly fails?: StorageError
  /** There is no answer at all. */
  readonly never?: true
}

export const settings: B2Settings = {
  endpoint: "https://api.test",
  account: "005a0b6c0b0a1b20000000001",
  key: Redacted.make("K005aAbCdEfGhIjKlMnOpQrStUvWxYz"),
  chunkSize: 5_242_880,
  uploadCutoff: 5_242_880,
  uploadConcurrency: 4,
  copyCutoff: 5_242_880,
  disableChecksum: false,
  downloadUrl: undefined,
  linkDuration: 604_800,
  testMode: "",
  hardDelete: false,
  lifecycle: 0,
  oldVersions: false,
  versionAt: undefined,
  encoding: 50_438_146
}

/** What version 4 of the API says of a key that may do everything. */
export const account = {
  accountId: "account",
  authorizationToken: "token",
  apiInfo: {
    storageApi: { apiUrl: "https://api1.test", downloadUrl: "https://f1.test", allowed: { capabilities: null } }
  }
}

/** The environment of a provider whose requests are answered by the function; they are kept in `requests`. */
export const makeFake = (answer: (request: HttpRequest) => FakeAnswer) => {
  const requests: Array<HttpRequest> = []
  const request = (asked: HttpRequest) =>
    Effect.suspend(() => {
      requests.push(asked)
      const { status = 200, headers = {}, body = {}, fails, never } = answer(asked)
      if (never === true) return Effect.never
      if (fails !== undefined) return Effect.fail(fails)
      const text = typeof body === "string" ? body : JSON.stringify(body)
      return Effect.succeed({ status, headers, body: Stream.succeed(Buffer.from(text) as Uint8Array) })
    })
  const refused = () => Effect.die(new Error("this is not used"))
  const layer = Layer.mergeAll(
    Layer.succeed(Transport, { request, connectTls: refused }),
    Layer.succeed(Ambient, { env: refused, readFile: refused, run: refused }),
    MemoryBudget.layer(2 ** 26)
  )
  const clientOf = (current: Effect.Effect<B2Settings>) =>
    Effect.provide(makeB2Client(current, { concurrency: 8, retries: 3, deadline: 60_000 }), layer)
  const client = (changes: Partial<B2Settings> = {}) => clientOf(Effect.succeed({ ...settings, ...changes }))
  return { requests, client, clientOf, layer }
}
