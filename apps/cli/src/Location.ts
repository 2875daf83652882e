/**
 * Where a copy comes from or goes to: `backend:path`, or a path of this machine.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import { Backends } from "@mooring/host"
import { Local, segmentOf } from "@mooring/provider-local"
import * as Effect from "effect/Effect"
import { realpathSync, statSync } from "node:fs"
import * as nodePath from "node:path"

/** A store and a path in it. `into` says that the path is a directory to copy into. */
export interface Location {
  readonly store: ObjectStore
  readonly path: Path
  readonly into: boolean
  /** On this machine: the real path of the folder that the store is over. */
  readonly folder?: string
}

const segmentsOf = (path: string): Path =>
  path
    .split(nodePath.sep)
    .filter((name) => name !== "")
    .map((name) => segmentOf(Buffer.from(name)))

/** Whether a place is in another, or the same: in one open store, or on this machine. */
export const isWithin = (inner: Location, outer: Location): boolean => {
  const onMachine = inner.folder !== undefined && outer.folder !== undefined
  const whole = ({ folder = "", path }: Location): Path => [...segmentsOf(folder), ...path]
  return (onMachine || inner.store === outer.store) && Path.startsWith(whole(inner), whole(outer))
}

const isDirectory = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true

const openLocal = Effect.fnUntraced(function* (root: string) {
  const prepared = Local.prepare({ root })
  if (prepared.issues !== undefined)
    return yield* StorageError.of("invalid_value", `${root} cannot be used as a directory`)
  return (yield* prepared.open).store
})

/** The deepest directory that exists, and the names below it that may not. */
const splitLocal = (path: string): readonly [root: string, names: ReadonlyArray<string>] => {
  if (isDirectory(path)) return [path, []]
  const [root, names] = splitLocal(nodePath.dirname(path))
  return [root, [...names, nodePath.basename(path)]]
}

const local = Effect.fnUntraced(function* (text: string) {
  const [root, names] = splitLocal(nodePath.resolve(text))
  const into = names.length === 0 || text.endsWith("/")
  const path = names.map((name) => segmentOf(Buffer.from(name)))
  return { store: yield* openLocal(root), path, into, folder: realpathSync(root) } satisfies Location
})

/** The path of a text; a slash at its end says that it is a directory. */
const remotePath = Effect.fnUntraced(function* (text: string) {
  const into = text === "" || text.endsWith("/")
  return { path: yield* Effect.fromResult(Path.fromText(text.replace(/\/$/, ""))), into }
})

/** `backend:path` for sure: what `ls` takes. */
export const backendLocation = Effect.fnUntraced(function* (text: string) {
  const [backend = "", ...rest] = text.split(":")
  const { open } = yield* Backends
  return { store: yield* open(backend), ...(yield* remotePath(rest.join(":"))) } satisfies Location
})

/** Text with `/` before any `:` is a path of this machine; else what is before the colon is a backend's id or name. */
export const location = (text: string) =>
  /^[^/:]+:/.test(text) && !text.startsWith(".") ? backendLocation(text) : local(text)
