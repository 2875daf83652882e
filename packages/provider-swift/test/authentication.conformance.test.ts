/**
 * Tokens of a real server, and what an open store does with them: `MOORING_SETUP` is what the setup's `up` printed. Every
 * way to authenticate, and what is wrong with it, is in `doctor/`.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { inHost } from "./host.ts"
import { openClient } from "./openClient.ts"
import { prepare } from "./pluginSubject.ts"

const { setup, config, storage_url: storageUrl, ids, other } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const keystone = setup === "keystone"
const nowhere = "http://127.0.0.1:1/v3"

/** The account that is reached with options, after a call that needs the token. */
const accountOf = Effect.fnUntraced(function* (options: Readonly<Record<string, unknown>>) {
  const { client, store } = yield* openClient(options)
  yield* store.listPage([])
  return yield* client.session.get
})

/** What the connection test says of the way that was taken. */
const choiceIn = Effect.fnUntraced(function* (options: Readonly<Record<string, unknown>>) {
  const stages = yield* inHost(prepare(options).test({}))
  const { outcome, detail } = stages.find(({ stage }) => stage === "authenticate")!
  return [outcome, detail]
})

describe("a token", () => {
  it.live("with its storage URL asks nobody for another, and comes before all else", () =>
    Effect.gen(function* () {
      const { token } = yield* accountOf(config)
      const given = { auth_token: Redacted.value(token), storage_url: storageUrl }
      assert.strictEqual((yield* accountOf({ ...given, auth: nowhere })).storageUrl, storageUrl)
      assert.deepStrictEqual(yield* choiceIn({ ...given, auth: nowhere, user: "nobody", key: "wrong" }), [
        "passed",
        "storage_url and auth_token are used, auth, user and key are ignored"
      ])
    }).pipe(Effect.scoped)
  )

  it.live("is asked for with new credentials under an open store", () =>
    Effect.gen(function* () {
      const { store, replace } = yield* inHost(prepare({ ...config, key: "wrong" }).open)
      assert.strictEqual((yield* Effect.flip(store.check)).reason._tag, "auth_invalid")
      assert.isTrue(yield* replace(config))
      yield* store.check
      assert.isFalse(yield* replace({ ...config, user: "another" }))
      yield* store.check
    }).pipe(Effect.scoped)
  )

  it.live("of a user without a right is accepted all the same", () =>
    Effect.gen(function* () {
      const { store } = yield* openClient({ ...config, ...other, storage_url: storageUrl })
      // Where the address names no account, it is that of the user, and empty.
      if (setup === "ceph") assert.deepStrictEqual((yield* store.listPage([])).entries, [])
      else assert.strictEqual((yield* Effect.flip(store.listPage([]))).reason._tag, "permission_denied")
      yield* store.check
    }).pipe(Effect.scoped)
  )
})

describe.runIf(!keystone)("version 1", () => {
  it.live("has the internal address by a prefix of its own", () =>
    Effect.gen(function* () {
      const { client } = yield* openClient({ ...config, endpoint_type: "internal" })
      assert.strictEqual((yield* client.session.get).storageUrl, storageUrl.replace("://", "://snet-"))
    }).pipe(Effect.scoped)
  )

  it.live("leaves an application credential aside, and says so", () =>
    Effect.gen(function* () {
      const application = { application_credential_id: "c1", application_credential_secret: "s" }
      const expected = "user and key are used, application_credential_id and application_credential_secret are ignored"
      assert.deepStrictEqual(yield* choiceIn({ ...config, ...application }), ["passed", expected])
    }).pipe(Effect.scoped)
  )
})

describe.runIf(keystone)("version 3", () => {
  it.live("makes a token of one that is given as key or as token", () =>
    Effect.gen(function* () {
      const { client } = yield* openClient({ ...config, storage_url: storageUrl })
      const { token } = yield* client.session.get
      for (const name of ["key", "auth_token"]) {
        const options = { auth: config.auth, tenant: config.tenant, [name]: Redacted.value(token) }
        assert.strictEqual((yield* accountOf(options)).storageUrl, storageUrl)
      }
    }).pipe(Effect.scoped)
  )

  it.live("says when a token expires", () =>
    Effect.gen(function* () {
      const { expires = 0 } = yield* accountOf(config)
      assert.isAbove(expires, 1.7e12)
    }).pipe(Effect.scoped)
  )

  it.live("takes an application credential before a user, and says so, also when it is refused", () =>
    Effect.gen(function* () {
      const application = { application_credential_id: ids.application }
      const choice =
        "application_credential_id and application_credential_secret are used, user, key and tenant are ignored"
      const right = yield* choiceIn({ ...config, ...application, application_credential_secret: "application-secret" })
      assert.deepStrictEqual(right, ["passed", choice])
      const [outcome, detail] = yield* choiceIn({ ...config, ...application, application_credential_secret: "wrong" })
      assert.strictEqual(outcome, "failed")
      assert.strictEqual(detail, `the service does not accept this application credential; ${choice}`)
    }).pipe(Effect.scoped)
  )
})
