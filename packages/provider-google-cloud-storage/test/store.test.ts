import { assert, it } from "@effect/vitest"
import { capabilitiesOf } from "@mooring/core"
import { blocks, objectText } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { newServiceAccount, type StorageDouble } from "./double/index.ts"
import { storeObject } from "./double/objects.ts"
import { openHasty } from "./host.ts"
import { double, openDouble } from "./openDouble.ts"

const operations = ({ requests }: StorageDouble) =>
  requests.map(({ operation, status }) => `${operation} ${status}`).filter((one) => !one.startsWith("oauth"))

const put = ({ buckets }: StorageDouble, name: string, body = "") => {
  const bucket = buckets.get("bucket")
  if (bucket !== undefined) storeObject(bucket, { name, body: Buffer.from(body), attributes: {} }, Date.now())
}

it.live("names that no path reaches are shown as such, and markers make directories", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    for (const name of ["dir/", "dir/object", "full/", "line\u240afeed\u240a", "\u201b\u240a", "..\uff0e", "x/"])
      put(service, name)
    put(service, "bytes/", "an object whose name ends in a slash")
    const { entries, unaddressable } = yield* store.listPage(["bucket"])
    assert.deepStrictEqual(
      entries.filter(({ kind }) => kind === "directory").map(({ path }) => path.at(-1)),
      ["bytes", "dir", "full", "x"]
    )
    assert.isUndefined(unaddressable)
    const inside = yield* store.listPage(["bucket", "bytes"])
    assert.deepStrictEqual(
      inside.entries.map(({ path }) => path),
      [["bucket", "bytes", ""]]
    )
    assert.deepStrictEqual((yield* store.listPage(["bucket", "full"])).entries, [])
    put(service, "\uff0e/object")
    put(service, "./object")
    const page = yield* store.listPage(["bucket"], { recursive: true })
    assert.deepStrictEqual(page.unaddressable, ["./object"])
    assert.isTrue(page.entries.some(({ path }) => path[1] === "." && path[2] === "object"))
  })
)

it.live("a page that comes again is an error", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    const body = JSON.stringify({ kind: "storage#objects", items: [], nextPageToken: "again" })
    service.injectNext({ operation: "objects.list" }, { status: 200, headers: {}, body })
    const { cursor } = yield* store.listPage(["bucket"])
    assert.strictEqual(cursor, "again")
    service.injectNext({ operation: "objects.list" }, { status: 200, headers: {}, body })
    const { reason } = yield* Effect.flip(store.listPage(["bucket"], { cursor: "again" }))
    assert.strictEqual(reason._tag, "integrity_error")
  })
)

it.live("a bucket of the project is ours, and one of others is taken", () =>
  Effect.gen(function* () {
    const { store } = yield* openDouble(
      {},
      { buckets: ["bucket", { name: "somebody-elses", project: "other-project" }] }
    )
    yield* store.createContainer!(["bucket"])
    const { reason } = yield* Effect.flip(store.createContainer!(["somebody-elses"]))
    assert.strictEqual(reason._tag, "already_exists")
  })
)

it.live("new buckets are as the options say", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({
      location: "europe-west1",
      storage_class: "NEARLINE",
      bucket_policy_only: true
    })
    yield* store.createContainer!(["new-bucket"])
    const bucket = service.buckets.get("new-bucket")
    assert.deepStrictEqual(
      [bucket?.location.toLowerCase(), bucket?.storageClass, bucket?.uniformAccess],
      ["europe-west1", "NEARLINE", true]
    )
    const plain = yield* openDouble()
    yield* plain.store.createContainer!(["new-bucket"])
    const insert = plain.service.requests.find(({ operation }) => operation === "buckets.insert")
    assert.include(insert?.path, "predefinedAcl=private")
    const open = yield* openDouble({ bucket_acl: "publicRead" })
    yield* open.store.createContainer!(["new-bucket"])
    const opened = open.service.requests.find(({ operation }) => operation === "buckets.insert")
    assert.include(opened?.path, "predefinedAcl=publicRead")
  })
)

it.live("the bucket is never looked for before an upload, whatever no_check_bucket says", () =>
  Effect.gen(function* () {
    for (const no_check_bucket of [false, true]) {
      const { service, store } = yield* openDouble({ no_check_bucket })
      yield* store.write(["bucket", "object"], blocks("text"))
      assert.deepStrictEqual(
        service.requests.map(({ operation }) => operation).filter((name) => name !== "oauth.token"),
        ["objects.insertMultipart"]
      )
    }
  })
)

it.live("without a project buckets are not listed or created, and all else works", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({ project_number: "" })
    for (const call of [store.listPage([]), store.createContainer!(["new-bucket"])]) {
      const { reason } = yield* Effect.flip(Effect.asVoid(call))
      assert.deepStrictEqual([reason._tag, reason.pointer], ["missing_field", "#/project_number"])
    }
    yield* store.check
    yield* store.write(["bucket", "object"], blocks("text"))
    assert.deepStrictEqual(yield* store.stat(["bucket"]), { kind: "container", path: ["bucket"] })
    yield* store.remove(["bucket", "object"])
    yield* store.removeContainer!(["bucket"])
    assert.deepStrictEqual([...service.buckets.keys()], [])
  })
)

it.live("a policy of the organization that wants no ACLs is told of", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble()
    service.injectNext({ operation: "buckets.insert" }, { status: 412 })
    const { reason } = yield* Effect.flip(store.createContainer!(["new-bucket"]))
    assert.deepStrictEqual([reason._tag, reason.pointer], ["permission_denied", "#/bucket_policy_only"])
  })
)

it.live("a role that may look at buckets and list nothing still sees them", () =>
  Effect.gen(function* () {
    const looker = newServiceAccount("looker@double-project.iam.gserviceaccount.com", {
      permissions: ["storage.buckets.get"]
    })
    const { store } = yield* openDouble(
      { service_account_credentials: "", access_token: "ya29.looker" },
      { accessTokens: { "ya29.looker": looker } }
    )
    assert.strictEqual((yield* store.stat(["bucket"])).kind, "container")
    assert.strictEqual((yield* Effect.flip(store.stat(["no-such-bucket"]))).reason._tag, "not_found")
    yield* store.check
  })
)

it.live("check tells a token that is refused from one that may do little", () =>
  Effect.gen(function* () {
    const service = yield* double({ buckets: ["bucket"] })
    for (const project_number of [service.project, ""]) {
      const store = yield* openHasty({ endpoint: service.endpoint, project_number, access_token: "ya29.unknown" })
      assert.strictEqual((yield* Effect.flip(store.check)).reason._tag, "auth_invalid")
      const anonymous = yield* openHasty({ endpoint: service.endpoint, project_number, anonymous: true })
      yield* anonymous.check
    }
  })
)

it.live("a public object has an address, and one that is not is refused", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({ object_acl: "publicRead" })
    yield* store.write(["bucket", "a b", "c#d"], blocks("text"))
    const link = yield* store.publicLink!(["bucket", "a b", "c#d"])
    assert.strictEqual(link, `${service.endpoint}/bucket/a%20b/c%23d`)
    put(service, "private", "text")
    const { reason } = yield* Effect.flip(store.publicLink!(["bucket", "private"]))
    assert.strictEqual(reason._tag, "permission_denied")
  })
)

it.live("only who has a private key signs links", () =>
  Effect.gen(function* () {
    const service = yield* double({ buckets: ["bucket"], machine: { email: "machine@double.test" } })
    const base = { endpoint: service.endpoint, project_number: service.project }
    const byToken = yield* openHasty({ ...base, access_token: service.tokenFor({ email: "user@double.test" }) })
    assert.isFalse(capabilitiesOf(byToken).members.presign)
    const byMachine = yield* openHasty(
      { ...base, env_auth: true },
      { env: { CLOUDSDK_CONFIG: "/nowhere" }, allow: "all" }
    )
    const { reason } = yield* Effect.flip(byMachine.presign!(["bucket", "object"], "GET", 60))
    assert.deepStrictEqual([reason._tag, reason.pointer], ["unsupported", "#/env_auth"])
  })
)

it.live("the mark of a removal is shown and there is nothing of it to remove", () =>
  Effect.gen(function* () {
    const { store } = yield* openDouble({}, { buckets: [{ name: "bucket", versioning: true }] })
    const path = ["bucket", "object"]
    for (const text of ["one", "two"]) yield* store.write(path, blocks(text))
    yield* store.remove(path)
    const { versions } = yield* store.versions!(path)
    assert.deepStrictEqual(
      versions.map(({ current, deleted }) => [current, deleted]),
      [
        [true, true],
        [false, false],
        [false, false]
      ]
    )
    yield* store.removeVersion!(path, versions[0]!.id)
    yield* store.removeVersion!(path, versions[1]!.id)
    assert.strictEqual(yield* objectText(store, path, { version: versions[2]!.id }), "one")
    assert.strictEqual((yield* Effect.flip(store.stat(path))).reason._tag, "not_found")
  })
)

it.live("a directory that is made again keeps its marker", () =>
  Effect.gen(function* () {
    const { service, store } = yield* openDouble({ directory_markers: true })
    yield* store.createDirectory!(["bucket", "dir"])
    yield* store.createDirectory!(["bucket", "dir"])
    assert.deepStrictEqual(operations(service), ["objects.insertMultipart 200", "objects.insertMultipart 412"])
    assert.strictEqual((yield* store.stat(["bucket", "dir"])).kind, "directory")
  })
)
