/**
 * What the options promise, as tests over a server that serves them.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Entry, ObjectStore } from "@mooring/core"
import { list } from "@mooring/core/list"
import { blocks, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Stream from "effect/Stream"
import { createHash, randomBytes } from "node:crypto"
import { gzipSync } from "node:zlib"
import { S3 } from "../src/index.ts"
import { keepVersions, type Owner } from "./keepVersions.ts"
import { host, mebibyte } from "./openDouble.ts"
import { reasonOf } from "./reasonOf.ts"

/** A server: its options, and what it has beside them. */
export interface OptionsServer {
  readonly name: string
  readonly config: Owner
  readonly kmsKey: string
  /** Whether it copies objects that are encrypted with a key of the customer's. */
  readonly copiesEncrypted: boolean
}

const bucket = `mooring-options-${randomBytes(5).toString("hex")}`

/** A place of its own in the bucket. */
const somewhere = () => [bucket, randomBytes(5).toString("hex")]

const textAt = (store: ObjectStore, path: ReadonlyArray<string>, version?: string) =>
  Effect.scoped(
    Effect.flatMap(store.read(path, version === undefined ? {} : { version }), ({ body }) =>
      Stream.mkString(Stream.decodeText(body))
    )
  )

const statOf = (store: ObjectStore, path: ReadonlyArray<string>) =>
  Effect.map(store.stat(path), (entry) => {
    assert(entry.kind === "object")
    return entry
  })

const namesIn = (store: ObjectStore, directory: ReadonlyArray<string>) =>
  Effect.map(Stream.runCollect(list(store, directory)), (entries) =>
    entries.map(({ path, kind }: Entry) => `${path.at(-1)}${kind === "directory" ? "/" : ""}`)
  )

const key = Buffer.alloc(32, 7).toString("base64")

/** Registers the tests. */
export const optionsSuite = ({ name, config, kmsKey, copiesEncrypted }: OptionsServer) =>
  describe(`options on ${name}`, () => {
    /** A store with these options beside those of the setup. */
    const withOptions = Effect.fnUntraced(function* (options: Readonly<Record<string, unknown>> = {}) {
      const prepared = S3.prepare({ ...config, ...options })
      if (prepared.issues !== undefined) throw new Error(prepared.issues.map(({ detail }) => detail).join())
      const { store } = yield* Effect.provide(prepared.open, yield* Layer.build(host))
      yield* store.createContainer?.([bucket]) ?? Effect.void
      return store
    })

    it.live("sse_customer_key_base64: nothing is read without the key, and parts hold it", () =>
      Effect.gen(function* () {
        const [store, plain] = [yield* withOptions({ sse_customer_key_base64: key }), yield* withOptions()]
        const place = somewhere()
        const small = [...place, "small"]
        yield* store.write(small, blocks("secret text"), { size: 11 })
        assert.strictEqual(yield* textAt(store, small), "secret text")
        const md5 = createHash("md5").update("secret text").digest("hex")
        assert.strictEqual((yield* statOf(store, small)).checksums?.md5, md5)
        assert.include(["invalid_value", "permission_denied"], (yield* reasonOf(textAt(plain, small)))._tag)
        const large = pattern(11 * mebibyte)
        yield* store.write([...place, "large"], blocks(large))
        const { body } = yield* store.read([...place, "large"])
        assert.isTrue(Buffer.from(yield* Stream.mkUint8Array(body)).equals(large))
        const copied = yield* Effect.result(store.copy!([...place, "large"], [...place, "copy"]))
        if (!copiesEncrypted)
          return assert.strictEqual(copied._tag === "Failure" && copied.failure.reason._tag, "unsupported")
        const copy = yield* store.read([...place, "copy"])
        assert.isTrue(Buffer.from(yield* Stream.mkUint8Array(copy.body)).equals(large))
        const upload = yield* store.openUpload!([...place, "parts"])
        yield* upload.copyPart(1, [...place, "large"], { start: 0, end: 5 * mebibyte - 1 })
        yield* upload.writePart(2, Buffer.from("end"))
        assert.strictEqual((yield* upload.complete).size, 5 * mebibyte + 3)
      })
    )

    it.live("server_side_encryption aws:kms with a key: the object says so, and its MD5 is kept", () =>
      Effect.gen(function* () {
        const store = yield* withOptions({ server_side_encryption: "aws:kms", sse_kms_key_id: kmsKey })
        const path = [...somewhere(), "object"]
        yield* store.write(path, blocks("text"), { size: 4 })
        assert.strictEqual(yield* textAt(store, path), "text")
        assert.strictEqual((yield* statOf(store, path)).checksums?.md5, "1cb251ec0d568de6a929b520c4aed8d1")
      })
    )

    it.live("storage_class: new objects have it, and setTier changes it in place", () =>
      Effect.gen(function* () {
        const store = yield* withOptions({ storage_class: "STANDARD_IA" })
        const path = [...somewhere(), "object"]
        const modified = 1_700_000_000_123
        yield* store.write(path, blocks("text"), { size: 4, modified, metadata: { colour: "blue" } })
        assert.strictEqual((yield* statOf(store, path)).tier, "STANDARD_IA")
        yield* store.setTier!(path, "STANDARD")
        const after = yield* statOf(store, path)
        assert.include([undefined, "STANDARD"], after.tier)
        assert.deepStrictEqual([after.modified, after.metadata], [modified, { colour: "blue" }])
        assert.strictEqual((yield* reasonOf(store.setTier!(path, "no class"))).pointer, undefined)
      })
    )

    it.live("acl public-read: the object has a public link, and a private one has none", () =>
      Effect.gen(function* () {
        const [open, closed] = [yield* withOptions({ acl: "public-read" }), yield* withOptions({ acl: "private" })]
        const place = somewhere()
        yield* open.write([...place, "open"], blocks("text"), { size: 4 })
        yield* closed.write([...place, "closed"], blocks("text"), { size: 4 })
        const link = yield* open.publicLink!([...place, "open"])
        const answer = yield* Effect.promise(() => fetch(link))
        assert.strictEqual(yield* Effect.promise(() => answer.text()), "text")
        assert.strictEqual((yield* reasonOf(closed.publicLink!([...place, "closed"])))._tag, "permission_denied")
        yield* open.write([...place, "parts"], blocks(pattern(6 * mebibyte)))
        assert.match(yield* open.publicLink!([...place, "parts"]), /parts$/)
      })
    )

    it.live("directory_markers: an empty directory is seen, and removed only while it is empty", () =>
      Effect.gen(function* () {
        const store = yield* withOptions({ directory_markers: true })
        const place = somewhere()
        yield* store.createDirectory!([...place, "dir"])
        assert.strictEqual((yield* store.stat([...place, "dir"])).kind, "directory")
        assert.deepStrictEqual(yield* namesIn(store, place), ["dir/"])
        assert.deepStrictEqual(yield* namesIn(store, [...place, "dir"]), [])
        yield* store.write([...place, "dir", "object"], blocks("x"), { size: 1 })
        assert.strictEqual((yield* reasonOf(store.removeDirectory!([...place, "dir"])))._tag, "not_empty")
        yield* store.remove([...place, "dir", "object"])
        yield* store.removeDirectory!([...place, "dir"])
        assert.strictEqual((yield* reasonOf(store.stat([...place, "dir"])))._tag, "not_found")
      })
    )

    it.live("versions, version_deleted and version_at: what was there is listed and read", () =>
      Effect.gen(function* () {
        const current = yield* withOptions()
        const old = `${bucket}-old`
        yield* current.createContainer!([old])
        yield* keepVersions(config, old)
        const path = [old, "dir", "report.txt"]
        yield* current.write(path, blocks("first"), { size: 5 })
        yield* Effect.sleep(1100)
        const between = Date.now()
        yield* Effect.sleep(1100)
        yield* current.write(path, blocks("second"), { size: 6 })
        yield* current.write([old, "dir", "young"], blocks("x"), { size: 1 })
        yield* current.remove([old, "dir", "young"])

        const all = yield* withOptions({ versions: true })
        const names = yield* namesIn(all, [old, "dir"])
        assert.deepStrictEqual(
          names.map((name) => name.replace(/\d/g, "0")),
          ["report.txt", "report-v0000-00-00-000000-000.txt", "young-v0000-00-00-000000-000"]
        )
        assert.strictEqual(yield* textAt(all, path), "second")
        assert.strictEqual(yield* textAt(all, [old, "dir", names[1]!]), "first")
        assert.strictEqual((yield* statOf(all, [old, "dir", names[1]!])).size, 5)

        const marked = yield* withOptions({ versions: true, version_deleted: true })
        assert.strictEqual((yield* namesIn(marked, [old, "dir"])).length, 4)

        const then = yield* withOptions({ version_at: new Date(between).toISOString() })
        assert.deepStrictEqual(yield* namesIn(then, [old, "dir"]), ["report.txt"])
        assert.strictEqual(yield* textAt(then, path), "first")
        assert.strictEqual((yield* reasonOf(then.stat([old, "dir", "young"])))._tag, "not_found")
        assert.strictEqual((yield* reasonOf(then.write(path, blocks("no"), { size: 2 })))._tag, "read_only")

        yield* all.remove([old, "dir", names[1]!])
        assert.deepStrictEqual((yield* current.versions!(path)).versions.length, 1)
      })
    )

    it.live("use_presigned_request, use_multipart_uploads and requester_pays: objects go up and come back", () =>
      Effect.gen(function* () {
        const place = somewhere()
        for (const options of [
          { use_presigned_request: true },
          { use_multipart_uploads: "false", upload_cutoff: 1 },
          { requester_pays: true }
        ]) {
          const store = yield* withOptions(options)
          const path = [...place, Object.keys(options)[0]!]
          yield* store.write(path, blocks("text"), { size: 4, contentType: "text/css", modified: 1_700_000_000_000 })
          assert.strictEqual(yield* textAt(store, path), "text")
          const { contentType, modified } = yield* statOf(store, path)
          assert.deepStrictEqual([contentType, modified], ["text/css", 1_700_000_000_000])
        }
        const whole = yield* withOptions({ use_multipart_uploads: "false" })
        const reason = yield* reasonOf(whole.write([...place, "unknown"], blocks(pattern(6 * mebibyte))))
        assert.deepStrictEqual([reason._tag, reason.pointer], ["unsupported", "#/use_multipart_uploads"])
      })
    )

    it.live("decompress and no_system_metadata: what is stored as gzip is read plain, and types are left alone", () =>
      Effect.gen(function* () {
        const [store, decompress] = [yield* withOptions(), yield* withOptions({ decompress: true })]
        const path = [...somewhere(), "object.gz"]
        const stored = gzipSync("plain text")
        const link = yield* store.presign!(path, "PUT", 60)
        const sent = { method: "PUT", headers: { "content-encoding": "gzip" }, body: stored }
        assert.strictEqual((yield* Effect.promise(() => fetch(link.url, sent))).status, 200)
        const raw = yield* store.read(path)
        assert.deepStrictEqual(Buffer.from(yield* Stream.mkUint8Array(raw.body)), stored)
        assert.strictEqual(yield* textAt(decompress, path), "plain text")
        assert.isUndefined((yield* statOf(decompress, path)).size)
        const without = yield* withOptions({ no_system_metadata: true })
        assert.isUndefined((yield* statOf(without, path)).contentType)
        const reason = yield* reasonOf(without.write(path, blocks("x"), { size: 1, contentType: "a/b" }))
        assert.deepStrictEqual([reason._tag, reason.pointer], ["unsupported", "#/no_system_metadata"])
      })
    )
  })
