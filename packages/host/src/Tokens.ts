/**
 * The tokens that open the API. Only their SHA-256 is kept.
 */
import type { StorageError } from "@mooring/core/StorageError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Redacted from "effect/Redacted"
import { createHash, randomBytes, timingSafeEqual } from "node:crypto"
import { BackendRepository } from "./BackendRepository.ts"

/** What checks tokens. */
export interface TokensShape {
  /** Whether a token is valid. The comparison of digests takes the same time for every token. */
  readonly verify: (token: Redacted.Redacted<string>) => Effect.Effect<boolean, StorageError>
  /** The admin token, once: on first start, while there is none. */
  readonly first: Effect.Effect<Redacted.Redacted<string> | undefined, StorageError>
}

const digestOf = (token: string) => createHash("sha256").update(token).digest()

/** The service. */
export class Tokens extends Context.Service<Tokens, TokensShape>()("@mooring/host/Tokens") {
  /** Tokens in the repository. */
  static readonly layer = Layer.effect(
    Tokens,
    Effect.map(BackendRepository, (repository) => ({
      verify: (token) =>
        Effect.map(repository.tokens, (digests) => {
          const given = digestOf(Redacted.value(token))
          // No early end: every digest is compared.
          return digests.map((digest) => timingSafeEqual(digest, given)).includes(true)
        }),
      first: Effect.gen(function* () {
        if ((yield* repository.tokens).length > 0) return undefined
        const token = `mrg_${randomBytes(24).toString("base64url")}`
        yield* repository.addToken(digestOf(token))
        return Redacted.make(token)
      })
    }))
  )
}
