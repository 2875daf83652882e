import { assert, describe, it } from "@effect/vitest"
import { list, listPages } from "@mooring/core/list"
import type { ObjectStore, Path } from "@mooring/core"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { putObject } from "../src/S3Api.ts"
import { openAt, openDouble } from "./openDouble.ts"
import { rawServer } from "@mooring/testkit/faults"
import { reasonOf } from "./reasonOf.ts"

const names = (store: ObjectStore, directory: Path, options: Parameters<typeof list>[2] = {}) =>
  Effect.map(Stream.runCollect(list(store, directory, options)), (entries) =>
    entries.map(({ kind, path }) => path.slice(directory.length).join("/") + (kind === "directory" ? "/" : ""))
  )

const put = (store: ObjectStore, key: string, text = "x") => store.write(["b", ...key.split("/")], blocks(text))

const xml = (inner: string) => `<?xml version="1.0"?><ListBucketResult>${inner}</ListBucketResult>`

describe("version_at", () => {
  it.live("shows one version of each key, also where a page ends between two of them", () =>
    Effect.gen(function* () {
      const times = ["2026-03-01", "2026-02-01", "2026-01-01"]
      const pageOf = (index: number) => `<ListVersionsResult><IsTruncated>${index < 2}</IsTruncated>
        <NextKeyMarker>k</NextKeyMarker><NextVersionIdMarker>${index}</NextVersionIdMarker>
        <Version><Key>k</Key><VersionId>${index}</VersionId><Size>${index}</Size>
        <LastModified>${times[index]}T00:00:00Z</LastModified></Version></ListVersionsResult>`
      const origin = yield* rawServer(({ url = "" }, response) => {
        const marker = new URL(url, "http://x").searchParams.get("version-id-marker")
        response.end(pageOf(marker === null ? 0 : Number(marker) + 1))
      })
      const sizesAt = Effect.fnUntraced(function* (time: string) {
        const { store } = yield* openAt(origin, { versionAt: Date.parse(time) })
        const entries = yield* Stream.runCollect(list(store, ["b"], { recursive: true, limit: 1 }))
        return entries.map((entry) => (entry.kind === "object" ? entry.size : entry.kind))
      })
      assert.deepStrictEqual(yield* sizesAt("2026-03-15T00:00:00Z"), [0])
      assert.deepStrictEqual(yield* sizesAt("2026-02-15T00:00:00Z"), [1])
      assert.deepStrictEqual(yield* sizesAt("2026-01-15T00:00:00Z"), [2])
      assert.deepStrictEqual(yield* sizesAt("2025-12-15T00:00:00Z"), [])
    })
  )
})

describe("listPage", () => {
  it.live("lists one level in the order of bytes, and all below", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      for (const key of ["top", "a/one", "a/deep/two", "ab/x", "a-b/x", "\u00e9", "a b+c%2F&=?#"])
        yield* put(store, key)
      assert.deepStrictEqual(yield* names(store, ["b"]), ["a b+c%2F&=?#", "a-b/", "a/", "ab/", "top", "\u00e9"])
      assert.deepStrictEqual(yield* names(store, ["b", "a"]), ["deep/", "one"])
      assert.deepStrictEqual(yield* names(store, ["b", "a"], { recursive: true }), ["deep/two", "one"])
      assert.deepStrictEqual(yield* names(store, ["b"], { limit: 1 }), yield* names(store, ["b"]))
    })
  )

  it.live("shows keys with empty segments where they are, markers once, and no nameless object", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble()
      for (const key of ["a//b", "/x", "full/"]) yield* put(store, key)
      yield* put(store, "marker/", "")
      assert.deepStrictEqual(yield* names(store, ["b"]), ["/", "a/", "full/", "marker/"])
      assert.deepStrictEqual(yield* names(store, ["b", "a"]), ["/"])
      assert.deepStrictEqual(yield* names(store, ["b", "a", ""]), ["b"])
      assert.deepStrictEqual(yield* names(store, ["b", ""]), ["x"])
      assert.deepStrictEqual(yield* names(store, ["b", "marker"]), [])
      assert.deepStrictEqual(yield* names(store, ["b", "full"]), [""])
      assert.deepStrictEqual(yield* names(store, ["b"], { recursive: true }), ["/x", "a//b", "full/"])
    })
  )

  it.live("shows a key that no path reaches as unaddressable", () =>
    Effect.gen(function* () {
      const { store, client } = yield* openDouble()
      yield* put(store, "fine")
      for (const key of ["dir/../x", ".."])
        yield* client.repeated(putObject(client, { bucket: "b", key }, Buffer.from("x"), {}))
      const page = yield* store.listPage(["b"], { recursive: true })
      assert.deepStrictEqual(
        page.entries.map(({ path }) => path),
        [["b", "fine"]]
      )
      assert.deepStrictEqual(page.unaddressable, ["..", "dir/../x"])
    })
  )

  it.live("lists buckets by page, and says not_found for a missing bucket but not for a missing prefix", () =>
    Effect.gen(function* () {
      const { store } = yield* openDouble({}, { buckets: ["one", "two", "three"] })
      assert.deepStrictEqual(yield* names(store, [], { limit: 2 }), ["one", "three", "two"])
      assert.strictEqual((yield* reasonOf(store.listPage(["missing"])))._tag, "not_found")
      assert.deepStrictEqual((yield* store.listPage(["one", "missing"])).entries, [])
      assert.strictEqual((yield* reasonOf(store.listPage([], { recursive: true })))._tag, "unsupported")
    })
  )

  it.live("follows markers where it asks for version 1, with and without a delimiter", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble({ listChunk: 1, listVersion: 1 })
      const keys = ["a b/1", "a b/2", "a+b", "p\u{1f600}", "p\uff5e/x", "z%2F"]
      for (const key of keys) yield* put(store, key)
      double.clearRequests()
      assert.deepStrictEqual(yield* names(store, ["b"]), ["a b/", "a+b", "p\uff5e/", "p\u{1f600}", "z%2F"])
      assert.deepStrictEqual(yield* names(store, ["b"], { recursive: true }), [
        "a b/1",
        "a b/2",
        "a+b",
        "p\uff5e/x",
        "p\u{1f600}",
        "z%2F"
      ])
      assert.deepStrictEqual([...new Set(double.requests.map(({ operation }) => operation))], ["ListObjects"])
      assert.strictEqual(double.requests.length, 11)
      assert.strictEqual((yield* store.stat(["b", "a b"])).kind, "directory")
      assert.isFalse(double.requests.some(({ operation }) => operation === "ListObjectsV2"))
    })
  )

  it.live("asks for pages of list_chunk and follows them", () =>
    Effect.gen(function* () {
      const { store, double } = yield* openDouble({ listChunk: 2 })
      for (const key of ["a", "b", "c", "d", "e"]) yield* put(store, key)
      double.clearRequests()
      assert.deepStrictEqual(yield* names(store, ["b"]), ["a", "b", "c", "d", "e"])
      assert.deepStrictEqual(
        double.requests.map(({ path }) => /max-keys=(\d+)/.exec(path)?.[1]),
        ["2", "2", "2"]
      )
    })
  )
})

const hostile: ReadonlyArray<readonly [string, string, string]> = [
  ["a listing with a document type", `<!DOCTYPE a [<!ENTITY x "y">]>${xml("")}`, "integrity_error"],
  ["a listing that goes on nowhere", xml("<IsTruncated>true</IsTruncated>"), "integrity_error"],
  ["a listing that is cut", "<ListBucketResult><Contents>", "integrity_error"],
  ["a web page", "<!doctype html><html><body>Welcome</body></html>", "not_a_storage_endpoint"],
  ["another document", "<rss><channel/></rss>", "not_a_storage_endpoint"],
  ["nothing", "", "not_a_storage_endpoint"]
]

describe("answers that no honest service gives", () => {
  for (const [title, body, code] of hostile) {
    it.live(`${title} is ${code}, asked for once`, () =>
      Effect.gen(function* () {
        let asked = 0
        const origin = yield* rawServer((_, response) => {
          asked += 1
          response.end(body)
        })
        const { store } = yield* openAt(origin)
        const reason = yield* reasonOf(store.listPage(["b"]))
        assert.strictEqual(reason._tag, code)
        assert.strictEqual(asked, 1)
      })
    )
  }

  it.live("a listing of version 2 that goes on nowhere is of a service that has version 1", () =>
    Effect.gen(function* () {
      const origin = yield* rawServer((_, response) => response.end(xml("<IsTruncated>true</IsTruncated>")))
      const { store, change } = yield* openAt(origin)
      const { pointer, suggestion } = yield* reasonOf(store.listPage(["b"]))
      assert.deepStrictEqual([pointer, suggestion], ["#/list_version", "1"])
      change({ listVersion: 1 })
      const reason = yield* reasonOf(store.listPage(["b"]))
      assert.deepStrictEqual([reason._tag, reason.pointer], ["integrity_error", undefined])
    })
  )

  it.live("a listing of version 1 goes on after NextMarker, or the last of keys and prefixes", () =>
    Effect.gen(function* () {
      const keyOf = (key: string) => `<Contents><Key>${key}</Key></Contents>`
      const prefixOf = (prefix: string) => `<CommonPrefixes><Prefix>${prefix}</Prefix></CommonPrefixes>`
      const pages: Record<string, string> = {
        marker: `<NextMarker>n+m</NextMarker>${keyOf("a")}`,
        encoded: `<EncodingType>url</EncodingType><NextMarker>n+m%2B</NextMarker>${keyOf("a")}`,
        empty: `<NextMarker/>${keyOf("a")}${keyOf("b")}`,
        keys: `${keyOf("a")}${keyOf("p\u{1f600}")}${prefixOf("p\uff5e/")}`,
        prefixes: `${keyOf("a")}${prefixOf("b/")}${prefixOf("c/")}`
      }
      const origin = yield* rawServer((request, response) =>
        response.end(xml(`<IsTruncated>true</IsTruncated>${pages[/^\/(\w+)/.exec(request.url ?? "")?.[1] ?? ""]}`))
      )
      const { store } = yield* openAt(origin, { listVersion: 1 })
      const cursors = Effect.forEach(Object.keys(pages), (bucket) => store.listPage([bucket]))
      assert.deepStrictEqual(
        (yield* cursors).map(({ cursor }) => cursor),
        ["n+m", "n m+", "b", "p\u{1f600}", "c/"]
      )
      const again = yield* reasonOf(store.listPage(["prefixes"], { cursor: "c/" }))
      assert.strictEqual(again._tag, "integrity_error")
    })
  )

  it.live("a repeated cursor is an error, at once and in a cycle", () =>
    Effect.gen(function* () {
      const origin = yield* rawServer((request, response) => {
        const token = /continuation-token=(\w)/.exec(request.url ?? "")?.[1]
        const next = request.url?.startsWith("/same") ? "a" : { a: "b", b: "c", c: "a" }[token ?? "c"]
        response.end(xml(`<IsTruncated>true</IsTruncated><NextContinuationToken>${next}</NextContinuationToken>`))
      })
      const { store } = yield* openAt(origin)
      const all = (bucket: string) => Stream.runDrain(listPages(store, [bucket]))
      assert.strictEqual((yield* reasonOf(all("same")))._tag, "integrity_error")
      assert.strictEqual((yield* reasonOf(all("cycle")))._tag, "integrity_error")
    })
  )

  it.live("a page that never ends is cut at a cap", () =>
    Effect.gen(function* () {
      let sent = 0
      const block = Buffer.from(`<Contents><Key>${"k".repeat(500)}</Key></Contents>`.repeat(200))
      const origin = yield* rawServer((_, response) => {
        response.write("<ListBucketResult>")
        const pump = () => {
          while (!response.destroyed) {
            sent += block.byteLength
            if (!response.write(block)) return void response.once("drain", pump)
          }
        }
        pump()
      })
      const { store } = yield* openAt(origin)
      assert.strictEqual((yield* reasonOf(store.listPage(["b"])))._tag, "integrity_error")
      assert.isBelow(sent, 40 * 1024 * 1024)
    })
  )

  it.live("names are unescaped only where the answer says that they are escaped", () =>
    Effect.gen(function* () {
      const contents = "<Contents><Key>a+b%20c</Key><Size>1</Size></Contents>"
      const origin = yield* rawServer((request, response) =>
        response.end(xml(`${request.url?.startsWith("/url") ? "<EncodingType>url</EncodingType>" : ""}${contents}`))
      )
      const { store } = yield* openAt(origin)
      assert.deepStrictEqual((yield* store.listPage(["url"])).entries[0]?.path, ["url", "a b c"])
      assert.deepStrictEqual((yield* store.listPage(["plain"])).entries[0]?.path, ["plain", "a+b%20c"])
    })
  )
})
