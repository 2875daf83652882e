import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import { fakeService, refusal, type FakeAnswer } from "./fakeService.ts"
import { openWith, settingsOf } from "./store.ts"

const options = { account: "acme", key: "bW9vcmluZw==" }
const path = ["box", "name"]
const body = () => Stream.make(new Uint8Array(Buffer.from("text")))
const blob = (headers: Readonly<Record<string, string>> = {}): FakeAnswer => ({
  status: 200,
  headers: { etag: '"0x1"', "content-length": "4", "content-type": "a/b", ...headers }
})
const stored: FakeAnswer = { status: 201, headers: { etag: '"0x2"' } }

/** A store over answers in this order. */
const answering = (more: object, ...answers: ReadonlyArray<FakeAnswer>) => {
  const service = fakeService((_, index) => answers[index])
  return Effect.map(openWith(settingsOf({ ...options, ...more }), service.transport), ({ store }) => ({
    store,
    ...service
  }))
}

describe("a copy", () => {
  it.live("waits while it is pending, and is of what was seen", () =>
    Effect.gen(function* () {
      const pending = { "x-ms-copy-id": "1", "x-ms-copy-status": "pending" }
      const { store, calls, requests } = yield* answering(
        {},
        blob(),
        { status: 202, headers: pending },
        blob(pending),
        blob({ "x-ms-copy-id": "1", "x-ms-copy-status": "success" }),
        blob()
      )
      yield* store.copy!(path, ["box", "to"])
      assert.deepStrictEqual(calls(), ["HEAD /box/name", "PUT /box/to", "HEAD /box/to", "HEAD /box/to", "HEAD /box/to"])
      const { headers } = requests[1]!
      assert.strictEqual(headers?.["x-ms-copy-source"], "https://acme.blob.core.windows.net/box/name")
      assert.strictEqual(headers?.["x-ms-source-if-match"], '"0x1"')
    }).pipe(Effect.scoped)
  )
  it.live("fails where the service gives up or another copy began", () =>
    Effect.gen(function* () {
      for (const later of [
        { "x-ms-copy-id": "1", "x-ms-copy-status": "failed" },
        { "x-ms-copy-id": "2", "x-ms-copy-status": "pending" }
      ]) {
        const started = { status: 202, headers: { "x-ms-copy-id": "1", "x-ms-copy-status": "pending" } }
        const { store } = yield* answering({}, blob(), started, blob(later))
        assert.strictEqual((yield* Effect.flip(store.copy!(path, ["box", "to"]))).reason._tag, "provider_unavailable")
      }
    }).pipe(Effect.scoped)
  )
})

describe("a write", () => {
  it.live("over the archive is refused, or deletes what is there if that is permitted", () =>
    Effect.gen(function* () {
      const refused = yield* answering({}, refusal(409, "BlobArchived"))
      assert.strictEqual((yield* Effect.flip(refused.store.write(path, body()))).reason._tag, "archived_tier")
      const archived = blob({ "x-ms-access-tier": "Archive" })
      const deleting = yield* answering({ archive_tier_delete: true }, archived, { status: 202 }, stored)
      yield* deleting.store.write(path, body())
      assert.deepStrictEqual(deleting.calls(), ["HEAD /box/name", "DELETE /box/name", "PUT /box/name"])
      assert.strictEqual(deleting.requests[1]?.headers?.["if-match"], '"0x1"')
      const other = yield* answering({ archive_tier_delete: true }, archived)
      const changed = yield* Effect.flip(other.store.write(path, body(), { ifMatch: '"0x9"' }))
      assert.strictEqual(changed.reason._tag, "precondition_failed")
    }).pipe(Effect.scoped)
  )
  it.live("has the tier of the options and metadata as Azure takes it", () =>
    Effect.gen(function* () {
      const { store, requests } = yield* answering({ access_tier: "cool" }, stored)
      yield* store.write(path, body(), { modified: 0, metadata: { "A-b": "c" }, contentType: "x/y" })
      const headers = requests[0]?.headers ?? {}
      assert.strictEqual(headers["x-ms-access-tier"], "Cool")
      assert.strictEqual(headers["x-ms-meta-mtime"], "1970-01-01T00:00:00.000000000Z")
      assert.strictEqual(headers["x-ms-meta-rename_key_a_b"], "a-b")
      assert.strictEqual(headers["x-ms-blob-content-type"], "x/y")
      assert.strictEqual(headers["content-md5"], createHash("md5").update("text").digest("base64"))
    }).pipe(Effect.scoped)
  )
  it.live("does not discard the blocks of others, and leaves a blob that is there", () =>
    Effect.gen(function* () {
      const service = fakeService(({ method, path: asked }) => {
        if (asked.includes("blocklisttype")) {
          const foreign = `<Block><Name>AAAA</Name><Size>1</Size></Block>`
          return { status: 200, body: `<BlockList><UncommittedBlocks>${foreign}</UncommittedBlocks></BlockList>` }
        }
        if (asked.includes("comp=blocklist")) return refusal(400, "InvalidBlockList")
        return method === "PUT" ? stored : undefined
      })
      const { store } = yield* openWith(settingsOf({ ...options, chunk_size: 2 }), service.transport)
      assert.strictEqual((yield* Effect.flip(store.write(path, body()))).reason._tag, "precondition_failed")
      assert.isFalse(service.requests.some(({ method }) => method === "DELETE"))
    }).pipe(Effect.scoped)
  )
})

describe("a removal", () => {
  it.live("does with snapshots what the options say", () =>
    Effect.gen(function* () {
      for (const [choice, header] of [
        ["", undefined],
        ["include", "include"],
        ["only", "only"]
      ] as const) {
        const { store, requests } = yield* answering({ delete_snapshots: choice }, { status: 202 })
        yield* store.remove(path)
        assert.strictEqual(requests[0]?.headers?.["x-ms-delete-snapshots"], header)
      }
    }).pipe(Effect.scoped)
  )
})

describe("a container", () => {
  it.live("is made as public as the options say", () =>
    Effect.gen(function* () {
      const { store, requests } = yield* answering({ public_access: "blob" }, { status: 201 })
      yield* store.createContainer!(["box"])
      assert.strictEqual(requests[0]?.headers?.["x-ms-blob-public-access"], "blob")
    }).pipe(Effect.scoped)
  )
  it.live("is listed with folders as directories, and names that XML cannot hold are shown", () =>
    Effect.gen(function* () {
      const listing = `<EnumerationResults><Blobs>
        <Blob><Name>dir</Name><Properties><Content-Length>0</Content-Length></Properties><Metadata><hdi_isfolder>true</hdi_isfolder></Metadata></Blob>
        <Blob><Name>a%2Fb</Name><Properties><Content-Length>3</Content-Length><Etag>0x1</Etag></Properties><Metadata><MTime>2006-01-02T15:04:05Z</MTime></Metadata></Blob>
        <Blob><Name Encoded="true">bad%EF%BF%BF</Name><Properties><Content-Length>3</Content-Length></Properties></Blob>
        <BlobPrefix><Name>dir/</Name></BlobPrefix></Blobs><NextMarker>2!x</NextMarker></EnumerationResults>`
      const { store } = yield* answering({}, { status: 200, body: listing })
      assert.deepStrictEqual(yield* store.listPage(["box"]), {
        entries: [
          {
            kind: "object",
            path: ["box", "a%2Fb"],
            size: 3,
            validator: '"0x1"',
            modified: 1_136_214_245_000,
            metadata: {}
          },
          { kind: "directory", path: ["box", "dir"] }
        ],
        cursor: "2!x",
        unaddressable: ["bad\uffff"]
      })
    }).pipe(Effect.scoped)
  )
})

describe("a token", () => {
  const settings = settingsOf({ account: "acme", tenant: "t", client_id: "c", client_secret: "s" })
  const token = (text: string): FakeAnswer => ({ status: 200, body: `{"access_token":"${text}","expires_in":3600}` })

  it.live("is sent, and fetched anew once it is refused", () =>
    Effect.gen(function* () {
      let given = 0
      const { transport, requests } = fakeService(({ origin, headers }) => {
        if (origin === "https://login.microsoftonline.com") return token(`token-${(given += 1)}`)
        return headers?.["authorization"] === "Bearer token-2" ? blob() : refusal(401, "InvalidAuthenticationInfo")
      })
      const { store } = yield* openWith(settings, transport)
      yield* store.stat(path)
      assert.strictEqual(given, 2)
      assert.isTrue(requests.every(({ origin }) => origin.startsWith("https://")))
    }).pipe(Effect.scoped)
  )
  it.live("signs links with a key that the service gives it", () =>
    Effect.gen(function* () {
      const key = `<UserDelegationKey><SignedOid>oid</SignedOid><SignedTid>tid</SignedTid><SignedStart>2026-01-01T00:00:00Z</SignedStart><SignedExpiry>2026-01-02T00:00:00Z</SignedExpiry><SignedService>b</SignedService><SignedVersion>2022-11-02</SignedVersion><Value>a2V5</Value></UserDelegationKey>`
      const { transport } = fakeService(({ origin, path: asked }) => {
        if (origin === "https://login.microsoftonline.com") return token("t")
        return asked.startsWith("/?comp=userdelegationkey") ? { status: 200, body: key } : undefined
      })
      const { store } = yield* openWith(settings, transport)
      const link = new URL((yield* store.presign!(path, "GET", 60)).url)
      const parts = ["skoid", "sktid", "sks", "sr", "sp", "spr"].map((name) => link.searchParams.get(name))
      assert.deepStrictEqual(parts, ["oid", "tid", "b", "b", "r", "https"])
    }).pipe(Effect.scoped)
  )
  it("is no secret of the settings that can be read", () => {
    assert.notInclude(JSON.stringify(settings), '"s"')
    assert.isTrue(
      settings.identity.kind === "token" &&
        Redacted.isRedacted((settings.identity.source as { secret: unknown }).secret)
    )
  })
})
