/**
 * The service account whose private key is here, which can sign links.
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"
import { optionOf, type CredentialSource } from "./CredentialSource.ts"
import { defaultIdentity } from "./defaultIdentity.ts"
import { identityInFile } from "./identityInFile.ts"

/** Whether a source may have a private key: tokens and anonymous requests never have. */
export const maySign = ({ kind }: CredentialSource): boolean =>
  kind === "json" || kind === "file" || kind === "environment"

/** The account of a source. Fails with `unsupported` if its identity has no private key. */
export const signerOf = Effect.fnUntraced(function* (source: CredentialSource, ambient: AmbientShape) {
  const pointer = optionOf(source)
  const identity =
    source.kind === "json"
      ? source.identity
      : source.kind === "file"
        ? yield* identityInFile(ambient, source.path, pointer)
        : source.kind === "environment"
          ? yield* defaultIdentity(ambient)
          : undefined
  if (identity?.type === "service_account") return identity
  return yield* StorageError.of("unsupported", "links are signed by the private key of a service account", {
    pointer,
    suggestion: "the JSON of a service account with its key"
  })
})
