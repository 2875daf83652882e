import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { otherScheme } from "../../src/connectionTest/otherScheme.ts"
import { StorageError } from "../../src/StorageError.ts"
import { Transport, type Headers, type HttpRequest } from "../../src/Transport.ts"

interface World {
  /** What a handshake at the port ends in; undefined is success. */
  readonly handshake?: StorageError | undefined
  /** The answer over plain HTTP; undefined is none. */
  readonly answer?: { readonly status: number; readonly headers?: Headers }
}

const silent = StorageError.of("provider_unavailable", "no answer")

/** What is said of an error at an address in a world, and what was sent to find out. */
const looked = Effect.fnUntraced(function* (address: string, error: StorageError, { answer, ...world }: World) {
  const sent: Array<HttpRequest> = []
  const transport: Transport["Service"] = {
    request: (request) => {
      sent.push(request)
      return answer === undefined
        ? Effect.fail(silent)
        : Effect.succeed({ status: answer.status, headers: answer.headers ?? {}, body: Stream.empty })
    },
    connectTls: () =>
      world.handshake === undefined
        ? Effect.succeed({ read: Stream.empty, write: () => Effect.void })
        : Effect.fail(world.handshake)
  }
  const found = yield* Effect.provideService(
    otherScheme({ address, pointer: "#/endpoint" }, error),
    Transport,
    transport
  )
  return { found: found?.reason, sent }
})

const status = (code: number) => StorageError.of("not_a_storage_endpoint", "no service", { status: code })

describe("otherScheme", () => {
  it.effect("says https where a handshake succeeds, or fails at the certificate alone", () =>
    Effect.gen(function* () {
      for (const handshake of [undefined, StorageError.of("tls_untrusted", "who is that")]) {
        const { found } = yield* looked("http://host:8080/v3", status(400), { handshake })
        assert.deepStrictEqual(
          [found?._tag, found?.pointer, found?.suggestion, found?.status],
          ["provider_unavailable", "#/endpoint", "https://host:8080/v3", undefined]
        )
      }
      const { found } = yield* looked("http://host:8080/v3", status(404), { handshake: silent })
      assert.isUndefined(found)
    })
  )

  it.effect("says http where something answers without TLS, but for a service that wants it", () =>
    Effect.gen(function* () {
      const { found, sent } = yield* looked("https://host:8080/v3", silent, { answer: { status: 404 } })
      assert.deepStrictEqual([found?._tag, found?.suggestion], ["provider_unavailable", "http://host:8080/v3"])
      assert.deepStrictEqual(sent, [{ method: "GET", origin: "http://host:8080", path: "/" }])
      const document = { status: 400, headers: { "content-type": "application/xml" } }
      const refused = yield* looked("https://host", silent, { answer: document })
      assert.strictEqual(refused.found?.suggestion, "http://host")
      const page = { status: 400, headers: { "content-type": "text/html" } }
      for (const answer of [undefined, { status: 400 }, page]) {
        assert.isUndefined((yield* looked("https://host", silent, answer === undefined ? {} : { answer })).found)
      }
    })
  )

  it.effect("says where a web server sends everybody, if that is the same host with TLS", () =>
    Effect.gen(function* () {
      const to = (location: string) => ({ handshake: silent, answer: { status: 301, headers: { location } } })
      const { found } = yield* looked("http://host/v3", status(301), to("https://host:8443/elsewhere"))
      assert.deepStrictEqual([found?._tag, found?.suggestion], ["not_a_storage_endpoint", "https://host:8443/v3"])
      for (const location of ["https://other/", "http://host/", "", "https://"]) {
        assert.isUndefined((yield* looked("http://host/v3", status(301), to(location))).found, location)
      }
    })
  )

  it.effect("asks nobody where another scheme could change nothing", () =>
    Effect.gen(function* () {
      const wrongKey = StorageError.of("auth_invalid", "no", { status: 401 })
      for (const address of ["http://host", "https://host"]) {
        const { found, sent } = yield* looked(address, wrongKey, { answer: { status: 200 } })
        assert.deepStrictEqual([found, sent], [undefined, []])
      }
    })
  )
})
