import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { chmodSync, readFileSync, statSync } from "node:fs"
import { join } from "node:path"
import { openStateFolder } from "../src/stateFolder.ts"
import { makeVault, Vault } from "../src/Vault.ts"
import { temporaryFolder } from "./temporaryFolder.ts"

const vault = makeVault(Redacted.make(Buffer.alloc(32, 1)))
const sealed = vault.seal("bck_1", "key", "hunter2")

describe("a vault", () => {
  it.effect("opens what it sealed, and shows nothing of it", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* vault.unseal("bck_1", "key", sealed), "hunter2")
      assert.notInclude(sealed, "hunter2")
      assert.notStrictEqual(vault.seal("bck_1", "key", "hunter2"), sealed)
    })
  )

  it.effect("refuses another key, backend or field, and changed bytes", () =>
    Effect.gen(function* () {
      const other = makeVault(Redacted.make(Buffer.alloc(32, 2)))
      const flipped = sealed.replace(
        /[^.]([^.]*)$/,
        (_, rest: string) => (sealed.split(".")[4]?.startsWith("A") ? "B" : "A") + rest
      )
      const attempts = [
        other.unseal("bck_1", "key", sealed),
        other.unseal("bck_1", "key", sealed.replace(vault.keyId, other.keyId)),
        vault.unseal("bck_2", "key", sealed),
        vault.unseal("bck_1", "secret", sealed),
        vault.unseal("bck_1k", "ey", sealed),
        vault.unseal("bck_1", "key", flipped),
        vault.unseal("bck_1", "key", "nonsense")
      ]
      for (const attempt of attempts) {
        const error = yield* Effect.flip(attempt)
        assert.strictEqual(error.reason._tag, "internal")
        assert.notInclude(JSON.stringify(error), "hunter2")
      }
    })
  )

  it.effect("makes a key file that only its owner reads, and finds the same key again", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      const keyId = Effect.provide(
        Effect.map(Vault, (one) => one.keyId),
        Vault.layer(folder)
      )
      const first = yield* keyId
      assert.strictEqual(yield* keyId, first)
      assert.strictEqual(statSync(join(folder, "key")).mode & 0o777, 0o600)
      chmodSync(join(folder, "key"), 0o640)
      assert.strictEqual((yield* Effect.flip(keyId)).reason._tag, "internal")
      assert.notInclude(readFileSync(join(folder, "key"), "utf8"), first)
    })
  )

  it.effect("takes the operator's key, and refuses one that is too short", () =>
    Effect.gen(function* () {
      const folder = yield* temporaryFolder
      const given = (key: string) =>
        Effect.provide(
          Effect.map(Vault, (one) => one.keyId),
          Vault.layer(folder, Redacted.make(key))
        )
      assert.strictEqual(yield* given("01".repeat(32)), vault.keyId)
      assert.strictEqual((yield* Effect.flip(given("short"))).reason._tag, "internal")
    })
  )
})

describe("the state folder", () => {
  it.effect("is made private, and refused if others may enter", () =>
    Effect.gen(function* () {
      const folder = join(yield* temporaryFolder, "a", "state")
      yield* openStateFolder(folder)
      assert.strictEqual(statSync(folder).mode & 0o777, 0o700)
      chmodSync(folder, 0o755)
      assert.include((yield* Effect.flip(openStateFolder(folder))).reason.detail, "chmod 700")
    })
  )
})
