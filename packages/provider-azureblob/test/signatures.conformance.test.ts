/**
 * Shared access signatures, made by the vendor's client, and what the connection test says of such that do not fit.
 */
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  ContainerSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  StorageSharedKeyCredential
} from "@azure/storage-blob"
import { failedStage, type Stage } from "@mooring/core/ConnectionTest"
import { assert, describe, it } from "@effect/vitest"
import { blocks, objectText } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { AzureBlob } from "../src/index.ts"
import { host } from "./host.ts"
import { openWith, settingsOf } from "./store.ts"

const { config } = JSON.parse(process.env["MOORING_SETUP"] ?? "") as {
  readonly config: { readonly account: string; readonly key: string; readonly endpoint: string }
}
const container = `signatures-${Date.now()}`
const credential = new StorageSharedKeyCredential(config.account, config.key)
const inAnHour = new Date(Date.now() + 3_600_000)

const accountSas = ({ permissions = "rwdlac", types = "sco", services = "b", expires = inAnHour } = {}) =>
  `${config.endpoint}?${generateAccountSASQueryParameters(
    {
      permissions: AccountSASPermissions.parse(permissions),
      resourceTypes: AccountSASResourceTypes.parse(types).toString(),
      services,
      expiresOn: expires
    },
    credential
  ).toString()}`

const containerSas = (permissions: string) =>
  `${config.endpoint}/${container}?${generateBlobSASQueryParameters(
    { containerName: container, permissions: ContainerSASPermissions.parse(permissions), expiresOn: inAnHour },
    credential
  ).toString()}`

const made = Effect.flatMap(openWith(settingsOf(config)), ({ store }) => store.createContainer!([container]))

/** The stages of a connection test with these options. */
const tested = (options: object, at: ReadonlyArray<string> = []) =>
  Effect.gen(function* () {
    const prepared = AzureBlob.prepare(options)
    if (prepared.issues !== undefined) return assert.fail(JSON.stringify(prepared.issues))
    return yield* Effect.provide(prepared.test({ at, write: true }), yield* Layer.build(host))
  })

/** Where the test fails: stage, code and option. */
const fails = Effect.fnUntraced(function* (
  options: object,
  at: ReadonlyArray<string>,
  ...wanted: readonly [stage: string, code: string, pointer: string]
) {
  const failed: Stage | undefined = failedStage(yield* tested(options, at))
  assert.deepStrictEqual([failed?.stage ?? "", failed?.code ?? "", failed?.pointer ?? ""], [...wanted])
  assert.isString(failed?.suggestion)
})

describe("a signature", () => {
  it.live("of the account lets do all that it says", () =>
    Effect.gen(function* () {
      yield* made
      const { store } = yield* openWith(settingsOf({ sas_url: accountSas(), chunk_size: 2 }))
      yield* store.check
      yield* store.write([container, "in blocks"], blocks("text"))
      yield* store.copy!([container, "in blocks"], [container, "copy"])
      assert.strictEqual(yield* objectText(store, [container, "copy"]), "text")
      assert.strictEqual(failedStage(yield* tested({ sas_url: accountSas() }, [container])), undefined)
    }).pipe(Effect.scoped)
  )
  it.live("of a container shows this one only", () =>
    Effect.gen(function* () {
      yield* made
      const { store } = yield* openWith(settingsOf({ sas_url: containerSas("racwdl") }))
      yield* store.check
      assert.deepStrictEqual((yield* store.listPage([])).entries, [{ kind: "container", path: [container] }])
      yield* store.write([container, "object"], blocks("text"))
      assert.strictEqual(yield* objectText(store, [container, "object"]), "text")
      const elsewhere = yield* Effect.flip(store.write(["another", "object"], blocks("text")))
      assert.deepStrictEqual([elsewhere.reason._tag, elsewhere.reason.pointer], ["permission_denied", "#/sas_url"])
      assert.strictEqual(failedStage(yield* tested({ sas_url: containerSas("racwdl") })), undefined)
    }).pipe(Effect.scoped)
  )
  it.live("that does not fit is told with its reason", () =>
    Effect.gen(function* () {
      yield* made
      const past = new Date(Date.now() - 3_600_000)
      yield* fails({ sas_url: accountSas({ expires: past }) }, [container], "authenticate", "auth_expired", "#/sas_url")
      yield* fails({ sas_url: accountSas({ services: "q" }) }, [container], "authenticate", "auth_invalid", "#/sas_url")
      yield* fails({ sas_url: accountSas({ permissions: "r" }) }, [container], "list", "permission_denied", "#/sas_url")
      yield* fails({ sas_url: containerSas("r") }, [], "list", "permission_denied", "#/sas_url")
      yield* fails({ sas_url: containerSas("rl") }, [], "write", "permission_denied", "#/sas_url")
      const broken = accountSas().replace(/sig=..../, "sig=AAAA")
      // Azurite does not say that it is the signature.
      yield* fails({ sas_url: broken }, [container], "list", "permission_denied", "#/sas_url")
    }).pipe(Effect.scoped)
  )
})

describe("a connection test", () => {
  it.live("tells wrong keys, containers and addresses", () =>
    Effect.gen(function* () {
      yield* made
      // Azurite does not say that it is the signature.
      yield* fails({ ...config, key: "AAAA" }, [], "list", "permission_denied", "#/key")
      const missing = failedStage(yield* tested(config, ["missing"]))
      assert.deepStrictEqual([missing?.stage, missing?.code], ["list", "not_found"])
      const closed = config.endpoint.replace(/:\d+/, ":1")
      yield* fails({ ...config, endpoint: closed }, [], "connect", "connect_refused", "#/endpoint")
    }).pipe(Effect.scoped)
  )
})
