/**
 * Seals secrets, field by field: AES-256-GCM, bound to the backend and the field, so that a sealed value that is moved
 * to another place does not open there.
 */
import { StorageError } from "@mooring/core/StorageError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto"
import { privateFile } from "./stateFolder.ts"

/** Seals and opens values. */
export interface VaultShape {
  /** Names the key without telling it: the first 16 hex digits of its SHA-256. */
  readonly keyId: string
  /** `1.<key id>.<nonce>.<tag>.<data>`, the last three in base64url. */
  readonly seal: (backend: string, field: string, plain: string) => string
  /** The value again. Fails with `internal` for another key, backend or field, or changed bytes. */
  readonly unseal: (backend: string, field: string, sealed: string) => Effect.Effect<string, StorageError>
}

const encoded = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64url")
const decoded = (text: string) => Buffer.from(text, "base64url")
const bound = (backend: string, field: string) => Buffer.from(JSON.stringify([backend, field]))

/** A vault with this key of 32 bytes. */
export const makeVault = (key: Redacted.Redacted<Uint8Array>): VaultShape => {
  const keyId = createHash("sha256").update(Redacted.value(key)).digest("hex").slice(0, 16)
  const open = (backend: string, field: string, [, , nonce = "", tag = "", data = ""]: ReadonlyArray<string>) => {
    const cipher = createDecipheriv("aes-256-gcm", Redacted.value(key), decoded(nonce), { authTagLength: 16 })
    cipher.setAAD(bound(backend, field)).setAuthTag(decoded(tag))
    return Buffer.concat([cipher.update(decoded(data)), cipher.final()]).toString("utf8")
  }
  return {
    keyId,
    seal: (backend, field, plain) => {
      const nonce = randomBytes(12)
      const cipher = createCipheriv("aes-256-gcm", Redacted.value(key), nonce, { authTagLength: 16 })
      cipher.setAAD(bound(backend, field))
      const data = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()])
      return ["1", keyId, encoded(nonce), encoded(cipher.getAuthTag()), encoded(data)].join(".")
    },
    unseal: (backend, field, sealed) => {
      const parts = sealed.split(".")
      if (parts[1] !== keyId) return Effect.fail(StorageError.of("internal", "a secret is sealed with another key"))
      return Effect.try({
        try: () => open(backend, field, parts),
        catch: () => StorageError.of("internal", "a sealed secret was changed or moved")
      })
    }
  }
}

/** The key of a text: 32 bytes in hex or base64. */
const keyOf = (text: string): Uint8Array | undefined => {
  const bytes = /^[0-9a-f]{64}$/i.test(text) ? Buffer.from(text, "hex") : Buffer.from(text, "base64")
  return bytes.byteLength === 32 ? bytes : undefined
}

/** The service. */
export class Vault extends Context.Service<Vault, VaultShape>()("@mooring/host/Vault") {
  /** A vault with the given key, or with that of the file `key` in the folder, which is made on first use. */
  static readonly layer = (folder: string, given?: Redacted.Redacted<string>) =>
    Layer.effect(
      Vault,
      Effect.gen(function* () {
        const text =
          given ?? Redacted.make(String(yield* privateFile(folder, "key", () => Buffer.from(encoded(randomBytes(32))))))
        const key = keyOf(Redacted.value(text).trim())
        return key === undefined
          ? yield* StorageError.of("internal", "the key is not 32 bytes in hex or base64")
          : makeVault(Redacted.make(key))
      })
    )
}
