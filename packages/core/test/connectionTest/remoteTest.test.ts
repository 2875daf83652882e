import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { addressAdvice, adviser, generalAdvice } from "../../src/connectionTest/advice.ts"
import { runRemoteTest, type RemoteTest } from "../../src/connectionTest/remoteTest.ts"
import type { TestOptions } from "../../src/ConnectionTest.ts"
import type { ObjectInfo } from "../../src/ObjectInfo.ts"
import { StorageError } from "../../src/StorageError.ts"

const failing = (code: Parameters<typeof StorageError.of>[0], fields: Parameters<typeof StorageError.of>[2] = {}) =>
  Effect.fail(StorageError.of(code, "it did not work", fields))

const object: ObjectInfo = { kind: "object", path: ["b", "o"], size: 1 }
const advise = adviser<undefined>([...addressAdvice<undefined>("#/endpoint"), ...generalAdvice])

/** A service where everything works, and what was put and not removed. */
const service = (changes: Partial<RemoteTest<never>> = {}) => {
  const kept = new Set<string>()
  const test: RemoteTest<never> = {
    container: "bucket",
    authentication: { used: ["key"], ignored: [] },
    encrypted: true,
    identify: Effect.succeed({}),
    listPage: () => Effect.succeed({ entries: [object] }),
    head: () => failing("not_found"),
    reading: { read: () => Effect.succeed({ info: object, body: Stream.make(Buffer.from("a")) }) },
    writing: {
      put: (path) =>
        Effect.sync(() => void kept.add(path.join("/"))).pipe(
          Effect.as(Effect.sync(() => void kept.delete(path.join("/"))))
        ),
      remover: "a key that may remove"
    },
    advised: (error) => advise(undefined, error),
    ...changes
  }
  return { kept, test }
}

/** Outcome, code and pointer of each stage, in one word each: `+` passed, `-` failed, `?` unverified, `.` skipped. */
const shown = Effect.fnUntraced(function* (changes: Partial<RemoteTest<never>>, options: TestOptions = {}) {
  const stages = yield* runRemoteTest(service(changes).test, options)
  const marks = { passed: "+", failed: "-", unverified: "?", skipped: "." }
  return stages.map(({ outcome }) => marks[outcome]).join("")
})

describe("a connection test over a network", () => {
  it.effect("passes all stages of a service that works and leaves nothing behind", () =>
    Effect.gen(function* () {
      const { kept, test } = service()
      const stages = yield* runRemoteTest(test, { at: ["b"], write: true })
      assert.deepStrictEqual(
        stages.map(({ stage, outcome }) => `${stage} ${outcome}`),
        ["resolve", "connect", "tls", "authenticate", "list", "read", "write"].map((name) => `${name} passed`)
      )
      assert.deepStrictEqual([...kept], [])
    })
  )

  it.effect("says how far a request came", () =>
    Effect.gen(function* () {
      const list = (...args: Parameters<typeof failing>) => ({ listPage: () => failing(...args) })
      const identify = (...args: Parameters<typeof failing>) => ({ identify: failing(...args) })
      const table: ReadonlyArray<readonly [Partial<RemoteTest<never>>, string, TestOptions?]> = [
        [{ encrypted: false }, "++.+++"],
        [{ authentication: { used: [], ignored: [] } }, "+++?++"],
        [list("dns_failed"), "-....."],
        [list("connect_refused"), "+-...."],
        [list("provider_unavailable", { providerCode: "EPROTO" }), "++-..."],
        [list("tls_expired"), "++-..."],
        [list("auth_invalid", { status: 403 }), "+++-.."],
        [list("provider_unavailable", { status: 503 }), "+++-.."],
        [list("permission_denied", { status: 403 }), "++++?."],
        [list("permission_denied", { status: 403 }), "++++-.", { at: ["b"] }],
        [{ ...list("permission_denied", { status: 403 }), narrow: false }, "++++-."],
        [list("not_found", { status: 404 }), "++++-.", { at: ["b"] }],
        [{ ...list("rate_limited", { status: 429 }), identify: Effect.succeed({ accepted: true }) }, "++++-."],
        [identify("auth_invalid"), "...-.."],
        [identify("auth_invalid", { status: 401 }), "+++-.."],
        [identify("timeout"), "+-...."],
        [identify("not_a_storage_endpoint"), "+++-.."],
        [{ identify: Effect.succeed({ encrypted: false }) }, "++.+++"]
      ]
      for (const [changes, expected, options] of table) assert.strictEqual(yield* shown(changes, options), expected)
    })
  )

  it.effect("says which way to authenticate was taken and which were not, also of a refusal", () =>
    Effect.gen(function* () {
      const authentication = { used: ["key"], ignored: ["token", "sas_url", "use_az"] }
      const details = Effect.fnUntraced(function* (changes: Partial<RemoteTest<never>>) {
        const stages = yield* runRemoteTest(service({ authentication, ...changes }).test, {})
        return stages.find(({ stage }) => stage === "authenticate")?.detail
      })
      const choice = "key is used, token, sas_url and use_az are ignored"
      assert.strictEqual(yield* details({}), choice)
      const refused = failing("auth_invalid", { status: 403 })
      assert.strictEqual(yield* details({ listPage: () => refused }), `it did not work; ${choice}`)
    })
  )

  it.effect("takes the name of an object for a slip where a directory is expected", () =>
    Effect.gen(function* () {
      const empty = { listPage: () => Effect.succeed({ entries: [] }) }
      assert.strictEqual(yield* shown({ ...empty, head: () => Effect.void }, { at: ["b", "o"] }), "++++-.")
      assert.strictEqual(yield* shown(empty, { at: ["b", "new"] }), "+++++.")
    })
  )

  it.effect("reads of an object that is no archive, and blames nobody where all are", () =>
    Effect.gen(function* () {
      const archived = { ...object, path: ["b", "cold"], tier: "cold" }
      const read: Array<string> = []
      const reading = {
        isArchived: ({ tier }: ObjectInfo) => tier === "cold",
        read: (path: ReadonlyArray<string>) => {
          read.push(path[1] ?? "")
          return path[1] === "cold" ? failing("archived_tier") : service().test.reading.read(path)
        }
      }
      const listing = (entries: ReadonlyArray<ObjectInfo>) => ({ listPage: () => Effect.succeed({ entries }) })
      assert.strictEqual(yield* shown({ reading, ...listing([archived, object]) }), "++++++")
      assert.strictEqual(yield* shown({ reading, ...listing([archived]) }), "+++++?")
      assert.deepStrictEqual(read, ["o", "cold"])
    })
  )

  it.effect("names what it could not remove again", () =>
    Effect.gen(function* () {
      const writing = {
        ...service().test.writing,
        put: () => Effect.succeed(failing("permission_denied", { status: 403 })),
        pointer: "#/key"
      }
      const stages = yield* runRemoteTest(service({ writing }).test, { at: ["b"], write: true })
      const { outcome, code, pointer, suggestion = "" } = stages.at(-1) ?? {}
      assert.deepStrictEqual([outcome, code, pointer], ["failed", "permission_denied", "#/key"])
      assert.match(suggestion, /^a key that may remove; mooring-test-[\da-f]{32} is left over$/)
    })
  )

  it.effect("does not write where nothing is named, where the options forbid it, or after a failure", () =>
    Effect.gen(function* () {
      const write = true
      assert.strictEqual(yield* shown({}, { write }), "++++++.")
      const refusing = { writing: { ...service().test.writing, refused: "leave it out" } }
      assert.strictEqual(yield* shown(refusing, { at: ["b"], write }), "++++++.")
      assert.strictEqual(yield* shown({ listPage: () => failing("timeout") }, { at: ["b"], write }), "+-.....")
    })
  )

  it.effect("asks once more where there is something to ask", () =>
    Effect.gen(function* () {
      const better = StorageError.of("wrong_region", "elsewhere", { pointer: "#/region", suggestion: "there" })
      const { test } = service({
        listPage: () => failing("auth_invalid", { status: 403 }),
        secondLook: (error, phase) => Effect.succeed(phase === "use" ? better : error)
      })
      const failed = (yield* runRemoteTest(test, {})).find(({ outcome }) => outcome === "failed")
      assert.deepInclude(failed, { code: "wrong_region", pointer: "#/region", suggestion: "there" })
    })
  )
})

describe("advice", () => {
  const fields = ({ reason: { pointer, suggestion } }: StorageError) => [pointer, suggestion]

  it("is of the first row that fits, and keeps the option that the error blames", () => {
    const dns = StorageError.of("dns_failed", "no such host")
    assert.deepStrictEqual(fields(advise(undefined, dns)), [
      "#/endpoint",
      "a host name that exists; check it for slips"
    ])
    assert.strictEqual(
      advise(undefined, StorageError.with(dns, { pointer: "#/token_url" })).reason.pointer,
      "#/token_url"
    )
  })

  it("says what of TLS does not fit", () => {
    const of = (providerCode: string) =>
      fields(advise(undefined, StorageError.of("provider_unavailable", "no", { providerCode })))[1]
    assert.include(of("ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION"), "TLS 1.2")
    assert.include(of("ERR_SSL_TLSV1_ALERT_NO_APPLICATION_PROTOCOL"), "HTTP/1.1")
    assert.include(of("EPROTO"), "in TLS")
    assert.include(of("ECONNRESET"), "an address and port")
  })

  it("leaves alone what says enough, and has a word for the rest", () => {
    const said = StorageError.of("not_found", "no", { suggestion: "another" })
    assert.strictEqual(advise(undefined, said), said)
    assert.include(fields(advise(undefined, StorageError.of("internal", "no")))[1], "try again")
  })
})
