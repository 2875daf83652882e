/**
 * What the operations of a memory store share: its ledger, its personality, and who may pass.
 */
import type { Limits } from "@mooring/core/Capabilities"
import type { ObjectInfo } from "@mooring/core/ObjectInfo"
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { bytesOf } from "../bodies.ts"
import type { Ledger } from "./Ledger.ts"
import { kindAt, type MemoryState, type Revision } from "./MemoryState.ts"
import type { Personality } from "./Personality.ts"

/** One memory store from within. */
export interface Memory {
  readonly ledger: Ledger
  readonly personality: Personality
}

const validators = {
  strong: ({ id }) => id,
  weak: ({ bytes, modified }) => `${bytes.length}-${modified}`,
  none: () => undefined
} satisfies Record<Limits["validator"], (revision: Revision) => string | undefined>

/** The validator of a revision, where the personality has one. */
export const validatorOf = ({ personality }: Memory, revision: Revision): string | undefined =>
  validators[personality.limits.validator](revision)

/** What a stat or listing says of a revision. */
export const infoOf = (memory: Memory, revision: Revision): ObjectInfo => {
  const { path, bytes, modified, contentType, metadata, tier } = revision
  const validator = validatorOf(memory, revision)
  return {
    kind: "object",
    path,
    size: bytes.length,
    modified,
    checksums: { md5: createHash("md5").update(bytes).digest("hex") },
    ...(validator !== undefined && { validator }),
    ...(contentType !== undefined && { contentType }),
    ...(metadata !== undefined && { metadata }),
    ...(tier !== undefined && { tier })
  }
}

/** What is at the path in this state. */
export const kindIn = ({ personality }: Memory, state: MemoryState, path: Path) =>
  kindAt(state, path, personality.limits.containers)

/** Fails with `invalid_name` for a path that cannot be stored, `permission_denied` for one that the key may not see. */
export const admit = Effect.fnUntraced(function* (
  { personality }: Memory,
  path: Path
): Effect.fn.Return<void, StorageError> {
  const { limits, reserved, onlyContainer } = personality
  const text = yield* Effect.fromResult(Path.toText(path))
  const longest = Math.max(0, ...path.map((segment) => bytesOf(segment).length))
  if (longest > (limits.maxSegment ?? Infinity) || bytesOf(text).length > (limits.maxKey ?? Infinity)) {
    return yield* StorageError.of("invalid_name", "the name is too long")
  }
  if (path.some((segment) => reserved.includes(segment)) || (limits.containers && path[0] === "")) {
    return yield* StorageError.of("invalid_name", "a segment cannot be stored")
  }
  if (onlyContainer !== undefined && path.length > 0 && path[0] !== onlyContainer) {
    return yield* StorageError.of("permission_denied", "the key may not see this container")
  }
})

/** Fails with `not_found` unless the container of the path is there. */
export const inContainer = (memory: Memory, state: MemoryState, path: Path): Effect.Effect<void, StorageError> =>
  memory.personality.limits.containers && path.length > 0 && !state.containers.has(path[0]!)
    ? Effect.fail(StorageError.of("not_found", "there is no such container"))
    : Effect.void

/** Fails with `unsupported` for a condition where there are no validators. */
export const needsValidator = (memory: Memory, ifMatch: string | undefined): Effect.Effect<void, StorageError> =>
  ifMatch !== undefined && memory.personality.limits.validator === "none"
    ? Effect.fail(StorageError.of("unsupported", "there are no validators"))
    : Effect.void
