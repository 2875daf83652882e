/**
 * The state of a memory store: one immutable value, and pure functions from one to the next.
 */
import type { PendingUpload, UploadOptions } from "@mooring/core/ObjectStore"
import { Path } from "@mooring/core/Path"

/** One state of one object. A delete marker has no bytes. */
export interface Revision {
  readonly id: string
  readonly deleted: boolean
  readonly path: Path
  readonly bytes: Uint8Array
  readonly modified: number
  readonly contentType?: string
  readonly metadata?: Readonly<Record<string, string>>
  readonly tier?: string
}

/** An upload that is pending, with what was stored of it. */
export interface Pending extends PendingUpload {
  readonly options: UploadOptions
  /** Number to bytes. */
  readonly parts: ReadonlyMap<number, Uint8Array>
}

/** All that is in a store. */
export interface MemoryState {
  readonly containers: ReadonlySet<string>
  /** Directories that were created. */
  readonly directories: ReadonlyMap<string, Path>
  /** Key to revisions, the newest first. */
  readonly objects: ReadonlyMap<string, ReadonlyArray<Revision>>
  readonly uploads: ReadonlyMap<string, Pending>
  /** The number of the next revision or upload. */
  readonly next: number
}

/** The text that a path is kept under. */
export const keyOf = (path: Path): string => path.join("/")

/** A state with these containers and nothing in them. */
export const initial = (containers: ReadonlyArray<string>): MemoryState => ({
  containers: new Set(containers),
  directories: new Map(),
  objects: new Map(),
  uploads: new Map(),
  next: 1
})

/** The object at the path, if there is one. */
export const current = (state: MemoryState, path: Path): Revision | undefined => {
  const newest = state.objects.get(keyOf(path))?.[0]
  return newest?.deleted ? undefined : newest
}

/** All objects below a directory, at any depth. */
export const below = (state: MemoryState, directory: Path): ReadonlyArray<Revision> =>
  [...state.objects.values()].flatMap(([newest]) =>
    newest && !newest.deleted && newest.path.length > directory.length && Path.startsWith(newest.path, directory)
      ? [newest]
      : []
  )

/** Created directories below a directory, at any depth. */
export const directoriesBelow = (state: MemoryState, directory: Path): ReadonlyArray<Path> =>
  [...state.directories.values()].filter((path) => path.length > directory.length && Path.startsWith(path, directory))

/** What is at the path. */
export const kindAt = (
  state: MemoryState,
  path: Path,
  containers: boolean
): "object" | "directory" | "container" | undefined => {
  if (path.length === 0) return "directory"
  if (containers && !state.containers.has(path[0]!)) return undefined
  if (containers && path.length === 1) return "container"
  if (current(state, path)) return "object"
  const exists = state.directories.has(keyOf(path)) || below(state, path).length > 0
  return exists || directoriesBelow(state, path).length > 0 ? "directory" : undefined
}

/** The state with one more revision on top. */
export const push = (state: MemoryState, revision: Omit<Revision, "id">): MemoryState => {
  const key = keyOf(revision.path)
  const kept = state.objects.get(key) ?? []
  const objects = new Map(state.objects).set(key, [{ ...revision, id: `r${state.next}` }, ...kept])
  return { ...state, objects, next: state.next + 1 }
}

/** The state with a delete marker on top; the same state if nothing is there. */
export const remove = (state: MemoryState, path: Path, modified: number): MemoryState =>
  current(state, path) ? push(state, { path, modified, deleted: true, bytes: new Uint8Array() }) : state

/** The state with this upload, new or changed. */
export const pend = (state: MemoryState, upload: Pending): MemoryState => ({
  ...state,
  uploads: new Map(state.uploads).set(upload.id, upload)
})

/** The state without an upload. */
export const unpend = (state: MemoryState, id: string): MemoryState => ({
  ...state,
  uploads: new Map([...state.uploads].filter(([other]) => other !== id))
})

/** The state without one revision. */
export const forget = (state: MemoryState, path: Path, id: string): MemoryState => {
  const key = keyOf(path)
  const kept = (state.objects.get(key) ?? []).filter((revision) => revision.id !== id)
  const objects = new Map(state.objects)
  if (kept.length === 0) objects.delete(key)
  else objects.set(key, kept)
  return { ...state, objects }
}
