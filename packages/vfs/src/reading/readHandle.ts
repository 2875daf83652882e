/**
 * Reads an open file: what is being written here, else the version that the file is pinned to.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { ensureKnown } from "../directory/lookup.ts"
import type { Engine, Result } from "../Engine.ts"
import type { Handle } from "../Handle.ts"
import { lockOf } from "../Node.ts"
import { isLocal, readDraft } from "../writing/readDraft.ts"
import type { Draft } from "../writing/Draft.ts"
import { changed } from "./Fetch.ts"
import { readVersion } from "./readVersion.ts"
import type { Version } from "./Version.ts"

/** What a read is made of: the draft, and the version below it. */
interface Source {
  readonly draft: Draft | undefined
  readonly version: Version | undefined
  readonly validator: string | undefined
}

const sourceOf = ({ node, version: pinned }: Handle): Source => {
  const { draft } = node
  const version = draft === undefined ? pinned : draft.base
  return { draft, version, validator: version?.validator }
}

const isSource = (before: Source, now: Source): boolean =>
  before.draft === now.draft && before.version === now.version && before.validator === now.validator

/**
 * Whether the file is to be read again, after what was being read was no longer there. It is if that went because the file
 * was changed or removed here, which is awaited; and if no byte was read before: a listing may be as old as
 * `directoryAge`, and nothing is mixed.
 */
const isReadAgain = Effect.fnUntraced(function* (
  engine: Engine,
  handle: Handle,
  before: Source,
  offset: number,
  size: number
) {
  const { node } = handle
  yield* lockOf(node).withPermit(Effect.void)
  if (!isSource(before, sourceOf(handle))) return true
  // What is removed is brought here before.
  if (before.draft !== undefined) return isLocal(before.draft, offset, size)
  const { parent } = node
  if (handle.begun || parent === undefined) return false
  parent.listedAt = undefined
  parent.looked.delete(node.name)
  yield* ensureKnown(engine, parent, node.name)
  if (node.parent === undefined || node.version === handle.version) return false
  handle.version = node.version
  node.cached = node.version
  return true
})

/** At most `size` bytes from `offset` on. Where the object was changed elsewhere, it is `precondition_failed`. */
export const readHandle = (engine: Engine, handle: Handle, offset: number, size: number): Result<Uint8Array> =>
  Effect.suspend(() => {
    const { node, window, read, stale } = handle
    if (!read) return Effect.fail(StorageError.of("permission_denied", "it is not open for reading"))
    if (stale) return Effect.fail(changed)
    const source = sourceOf(handle)
    const { draft, version } = source
    const bytes =
      draft !== undefined
        ? readDraft(engine, node, draft, offset, size, window)
        : version !== undefined
          ? readVersion(engine, node, version, offset, size, window)
          : Effect.succeed(new Uint8Array(0))
    return bytes.pipe(
      Effect.tap(() =>
        Effect.sync(() => {
          handle.begun = true
        })
      ),
      Effect.catchIf(
        ({ reason }) => reason._tag === "precondition_failed",
        (error) =>
          Effect.flatMap(isReadAgain(engine, handle, source, offset, size), (again) =>
            again ? readHandle(engine, handle, offset, size) : Effect.fail(error)
          )
      )
    )
  })
