/**
 * Tokens of Microsoft Entra over Azurite, which looks at issuer, audience and times of a token and not at its signature.
 * They come from an Azure CLI that is a double.
 */
import { failedStage } from "@mooring/core/ConnectionTest"
import { Ambient, MemoryBudget, StorageError } from "@mooring/core"
import { local } from "@mooring/core/EgressPolicy"
import { layer as transportLayer } from "@mooring/core/UndiciTransport"
import { sendPresigned } from "@mooring/testkit"
import { assert, describe, it } from "@effect/vitest"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { readFileSync } from "node:fs"
import { AzureBlob } from "../src/index.ts"

const { config, secure } = JSON.parse(process.env["MOORING_SETUP"] ?? "") as {
  readonly config: { readonly account: string }
  readonly secure: { readonly endpoint: string; readonly certificate: string }
}
const options = { account: config.account, endpoint: secure.endpoint, use_az: true }

const tokenFor = (audience: string, now: number): string => {
  const seconds = Math.floor(now / 1000)
  const claims = {
    aud: audience,
    iss: "https://sts.windows.net/11111111-2222-3333-4444-555555555555/",
    oid: "22222222-2222-3333-4444-555555555555",
    tid: "11111111-2222-3333-4444-555555555555",
    nbf: seconds - 60,
    iat: seconds - 60,
    exp: seconds + 3600
  }
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url")
  return `${part({ alg: "none", typ: "JWT" })}.${part(claims)}.c2ln`
}

/** A host whose Azure CLI gives tokens of this audience. */
const hostOf = (audience: string) =>
  Layer.mergeAll(
    transportLayer({ policy: local, certificateAuthorities: [readFileSync(secure.certificate, "utf8")] }),
    MemoryBudget.layer(16 * 1024 * 1024),
    Layer.succeed(Ambient, {
      env: () => Effect.undefined,
      readFile: () => Effect.fail(StorageError.of("not_found", "the file does not exist")),
      run: (program) =>
        Effect.map(Clock.currentTimeMillis, (now) =>
          program === "az" ? JSON.stringify({ accessToken: tokenFor(audience, now) }) : ""
        )
    })
  )

const prepared = () => {
  const found = AzureBlob.prepare(options)
  return found.issues === undefined ? found : assert.fail(JSON.stringify(found.issues))
}

describe("a token", () => {
  it.live("stores, copies, reads, and signs links with a key that it is given", () =>
    Effect.gen(function* () {
      const { store } = yield* prepared().open
      const container = `tokens-${yield* Clock.currentTimeMillis}`
      yield* store.createContainer!([container])
      yield* store.write([container, "object"], Stream.make(new Uint8Array(Buffer.from("text"))))
      yield* store.copy!([container, "object"], [container, "copy"])
      const link = yield* store.presign!([container, "copy"], "GET", 60)
      const { status, body } = yield* sendPresigned(link)
      assert.deepStrictEqual([status, Buffer.from(body).toString()], [200, "text"])
      const stages = yield* prepared().test({ at: [container], write: true })
      assert.strictEqual(failedStage(stages), undefined)
    }).pipe(Effect.provide(hostOf("https://storage.azure.com")), Effect.scoped)
  )
  it.live("for another service is refused, with the option to blame", () =>
    Effect.gen(function* () {
      const failed = failedStage(yield* prepared().test({}))
      assert.deepStrictEqual(
        [failed?.stage, failed?.code, failed?.pointer],
        ["authenticate", "auth_invalid", "#/use_az"]
      )
    }).pipe(Effect.provide(hostOf("https://vault.azure.net")), Effect.scoped)
  )
})
