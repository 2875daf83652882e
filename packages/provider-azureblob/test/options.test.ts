/**
 * What each option means: every one of the specification has a test here, or this does not compile.
 */
import { assert, describe, it } from "@effect/vitest"
import type { StorageError } from "@mooring/core"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import type { AzureBlobConfig } from "../src/AzureBlobConfig.ts"
import { AzureBlob } from "../src/index.ts"
import { accountKey } from "./double/index.ts"
import { openDouble, operationsOf, takeSnapshot } from "./openDouble.ts"
import { fakeService } from "./fakeService.ts"
import { openWith, settingsOf, settle } from "./store.ts"

type Test = Effect.Effect<unknown, StorageError, Scope.Scope>

const path = ["box", "name"]
const inAccount = { account: "acme" }
const application = { ...inAccount, tenant: "t", client_id: "c" }

/** What says who asks, secrets as JSON shows them. */
const identityOf = (options: object) => {
  const { identity } = settingsOf(options)
  return identity.kind === "token" ? identity.source : identity
}

const identifies = (options: object, kind: string, facts: object = {}): Test =>
  Effect.sync(() => assert.deepInclude<object>(identityOf(options), { kind, ...facts }))

const managedBy = (option: string, by: string): Test =>
  identifies({ ...inAccount, use_msi: true, [option]: "m" }, "managed", { identity: { by, id: "m" } })

/** Both values do the same: these operations. */
const changesNothing = (option: string, wanted: ReadonlyArray<string>): Test =>
  Effect.forEach([true, false], (value) =>
    Effect.gen(function* () {
      const { double, store } = yield* openDouble({ [option]: value })
      yield* store.write(path, blocks("text"))
      yield* Effect.scoped(store.read(path))
      assert.deepStrictEqual(operationsOf(double), wanted)
    })
  )

/** It does nothing, and its description says so. */
const isDeprecated = (option: string, value: unknown): Test =>
  Effect.sync(() => {
    const field = AzureBlob.describe().options.find(({ name }) => name === option)
    assert.match(field?.deprecated ?? "", /^Does nothing: /)
    const { identity: _, ...given } = settingsOf({ ...inAccount, [option]: value })
    const { identity: __, ...usual } = settingsOf(inAccount)
    assert.deepStrictEqual(given, usual)
  })

const writesWith = (options: object, header: string, wanted: string | undefined): Test =>
  Effect.gen(function* () {
    const { double, store } = yield* openDouble(options)
    yield* store.write(path, blocks("text"))
    assert.strictEqual(double.requests[0]?.headers[header], wanted)
  })

/** The most blocks that are on their way at once; none is answered before so many are. */
const blocksAtOnce = Effect.fnUntraced(function* (expected: number) {
  let waiting: Array<() => void> = []
  let most = 0
  const { transport } = fakeService(({ path: asked }) =>
    asked.includes("comp=block") ? { status: 201, headers: { etag: '"1"' } } : undefined
  )
  const together: typeof transport.request = (request) =>
    !request.path.includes("blockid=")
      ? transport.request(request)
      : Effect.flatMap(
          Effect.callback<void>((resume) => {
            waiting.push(() => resume(Effect.void))
            most = Math.max(most, waiting.length)
            if (waiting.length < expected) return
            const ready = waiting
            waiting = []
            for (const answer of ready) answer()
          }),
          () => transport.request(request)
        )
  const options = { ...inAccount, key: accountKey, chunk_size: 1, upload_concurrency: expected }
  const { store } = yield* openWith(settingsOf(options), { ...transport, request: together })
  yield* store.write(path, blocks("a", "b", "c", "d", "e", "f"))
  return most
})

const tests: Record<keyof typeof AzureBlobConfig.fields, Test> = {
  account: Effect.sync(() => assert.strictEqual(settingsOf(inAccount).origin, "https://acme.blob.core.windows.net")),
  endpoint: Effect.sync(() =>
    assert.strictEqual(settingsOf({ ...inAccount, endpoint: "blobs.example.com" }).origin, "https://blobs.example.com")
  ),
  use_emulator: Effect.sync(() => {
    const { origin, basePath, account: name } = settingsOf({ use_emulator: true })
    assert.deepStrictEqual(
      [origin, basePath, name],
      ["http://127.0.0.1:10000", "/devstoreaccount1", "devstoreaccount1"]
    )
  }),
  description: Effect.sync(() =>
    assert.deepStrictEqual(settingsOf({ ...inAccount, description: "a note" }), settingsOf(inAccount))
  ),
  key: Effect.gen(function* () {
    const { store } = yield* openDouble()
    yield* store.check
    const { store: stranger } = yield* openDouble({ key: "b3RoZXI=" })
    const refused = yield* Effect.result(stranger.check)
    assert.strictEqual(refused._tag === "Failure" ? refused.failure.reason.pointer : "", "#/key")
  }),
  sas_url: identifies({ sas_url: "https://acme.blob.core.windows.net/?ss=b&srt=sco&sig=c2ln" }, "sas"),
  tenant: identifies({ ...inAccount, use_az: true, tenant: "t" }, "cli", { tenant: "t" }),
  client_id: identifies({ ...application, client_secret: "s" }, "secret", { clientId: "c" }),
  client_secret: identifies({ ...application, client_secret: "s" }, "secret", { tenant: "t" }),
  client_certificate_path: identifies({ ...application, client_certificate_path: "/c.pem" }, "certificate", {
    path: "/c.pem",
    sendChain: false
  }),
  client_certificate_password: Effect.sync(() =>
    assert.deepStrictEqual(settle({ ...inAccount, client_certificate_password: "p" }), [
      "#/client_certificate_path missing_field"
    ])
  ),
  client_send_certificate_chain: identifies(
    { ...application, client_certificate_path: "/c.pem", client_send_certificate_chain: true },
    "certificate",
    { sendChain: true }
  ),
  username: identifies({ ...application, username: "u", password: "p" }, "user", { username: "u" }),
  password: Effect.sync(() =>
    assert.deepStrictEqual(settle({ ...application, username: "u" }), ["#/password missing_field"])
  ),
  service_principal_file: identifies({ ...inAccount, service_principal_file: "/sp.json" }, "principalFile", {
    path: "/sp.json"
  }),
  disable_instance_discovery: Effect.sync(() => {
    const both = [true, false].map((value) => settingsOf({ ...inAccount, disable_instance_discovery: value }))
    assert.deepStrictEqual(both[0], both[1])
  }),
  env_auth: identifies({ ...inAccount, env_auth: true }, "environment", { identity: { by: "machine" } }),
  use_msi: identifies({ ...inAccount, use_msi: true }, "managed", { identity: { by: "machine" } }),
  msi_client_id: managedBy("msi_client_id", "client"),
  msi_object_id: managedBy("msi_object_id", "object"),
  msi_mi_res_id: managedBy("msi_mi_res_id", "resource"),
  use_az: identifies({ ...inAccount, use_az: true }, "cli", { tenant: "" }),
  chunk_size: Effect.gen(function* () {
    const { double, store } = yield* openDouble({ chunk_size: 4 })
    yield* store.write(path, blocks("12345678"))
    yield* store.write(path, blocks("1234"), { size: 4 })
    assert.deepStrictEqual(operationsOf(double), ["PutBlock", "PutBlock", "PutBlockList", "PutBlob"])
  }),
  upload_concurrency: Effect.gen(function* () {
    assert.strictEqual(yield* blocksAtOnce(3), 3)
    assert.strictEqual(yield* blocksAtOnce(1), 1)
  }),
  disable_checksum: Effect.forEach([true, false], (value) =>
    Effect.gen(function* () {
      const { store } = yield* openDouble({ disable_checksum: value, chunk_size: 2 })
      yield* store.write(path, blocks("text"))
      const info = yield* store.stat(path)
      assert.strictEqual(info.kind === "object" && info.checksums === undefined, value)
    })
  ),
  no_check_container: changesNothing("no_check_container", ["PutBlob", "GetBlob"]),
  no_head_object: changesNothing("no_head_object", ["PutBlob", "GetBlob"]),
  upload_cutoff: isDeprecated("upload_cutoff", "256Mi"),
  memory_pool_flush_time: isDeprecated("memory_pool_flush_time", 5),
  memory_pool_use_mmap: isDeprecated("memory_pool_use_mmap", true),
  access_tier: Effect.gen(function* () {
    yield* writesWith({ access_tier: "cool" }, "x-ms-access-tier", "Cool")
    yield* writesWith({}, "x-ms-access-tier", undefined)
  }),
  archive_tier_delete: Effect.forEach([true, false], (value) =>
    Effect.gen(function* () {
      const { store } = yield* openDouble({ archive_tier_delete: value })
      yield* store.write(path, blocks("old"))
      yield* store.setTier!(path, "Archive")
      const written = yield* Effect.exit(store.write(path, blocks("new")))
      assert.strictEqual(written._tag === "Success", value)
    })
  ),
  delete_snapshots: Effect.gen(function* () {
    for (const [choice, left] of [
      ["", "not_empty"],
      ["include", "gone"],
      ["only", "there"]
    ] as const) {
      const { client, store } = yield* openDouble({ delete_snapshots: choice })
      yield* store.write(path, blocks("text"))
      yield* takeSnapshot(client, path)
      const removed = yield* Effect.result(store.remove(path))
      const stays = yield* Effect.isSuccess(store.stat(path))
      const outcome = removed._tag === "Failure" ? removed.failure.reason._tag : stays ? "there" : "gone"
      assert.strictEqual(outcome, left)
    }
  }),
  public_access: Effect.gen(function* () {
    for (const access of ["", "blob", "container"]) {
      const { double, store } = yield* openDouble({ public_access: access })
      yield* store.createContainer!(["made"])
      assert.strictEqual(double.containers.get("made")?.publicAccess, access)
    }
  }),
  directory_markers: Effect.gen(function* () {
    const { double, store } = yield* openDouble({ directory_markers: true })
    yield* store.createDirectory!(["box", "dir"])
    assert.deepStrictEqual([...double.containers.get("box")!.places.keys()], ["dir/"])
    assert.isUndefined((yield* openDouble()).store.createDirectory)
  }),
  list_chunk: Effect.gen(function* () {
    const { double, store } = yield* openDouble({ list_chunk: 2 })
    for (const name of ["a", "b", "c"]) yield* store.write(["box", name], blocks(name))
    assert.strictEqual((yield* store.listPage(["box"])).entries.length, 2)
    assert.include(double.requests.at(-1)?.path, "maxresults=2")
  }),
  encoding: Effect.gen(function* () {
    for (const [options, stored] of [
      [{}, "a＼b"],
      [{ encoding: "Slash,InvalidUtf8" }, "a\\b"]
    ] as const) {
      const { double, store } = yield* openDouble(options)
      yield* store.write(["box", "a\\b"], blocks("text"))
      assert.deepStrictEqual([...double.containers.get("box")!.places.keys()], [stored])
    }
  })
}

describe("the option", () => {
  for (const [name, test] of Object.entries(tests)) it.live(name, () => test.pipe(Effect.scoped))
})
