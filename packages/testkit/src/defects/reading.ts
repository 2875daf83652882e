/**
 * Mistakes of `stat` and `read`.
 */
import type { Entry } from "@mooring/core/ObjectInfo"
import type { Body, ObjectStore, Range, ReadOptions } from "@mooring/core/ObjectStore"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Defect } from "./Defect.ts"

const bodies =
  (change: (body: Body) => Body) =>
  (store: ObjectStore): ObjectStore => ({
    ...store,
    read: (path, options) => Effect.map(store.read(path, options), ({ info, body }) => ({ info, body: change(body) }))
  })

const options =
  (change: (options: ReadOptions) => ReadOptions) =>
  (store: ObjectStore): ObjectStore => ({ ...store, read: (path, given = {}) => store.read(path, change(given)) })

const ranges = (change: (range: Range) => Range) =>
  options((given) => (given.range === undefined ? given : { ...given, range: change(given.range) }))

/** What is found in place of an object that is missing; undefined if still nothing. */
const found =
  (guess: (store: ObjectStore, path: ReadonlyArray<string>) => Effect.Effect<Entry, StorageError>) =>
  (store: ObjectStore): ObjectStore => ({
    ...store,
    stat: (path) =>
      Effect.catch(store.stat(path), (error) =>
        error.reason._tag === "not_found" ? guess(store, path) : Effect.fail(error)
      )
  })

const byPrefix = Effect.fnUntraced(function* (
  store: ObjectStore,
  path: ReadonlyArray<string>
): Effect.fn.Return<Entry, StorageError> {
  const { entries } = yield* store.listPage(path.slice(0, -1))
  const similar = entries.some((entry) => entry.path.at(-1)!.startsWith(path.at(-1)!))
  return yield* similar
    ? Effect.succeed<Entry>({ kind: "directory", path })
    : Effect.fail(StorageError.of("not_found", "there is nothing at this path"))
})

const sameValidator = (store: ObjectStore): ObjectStore => ({
  ...store,
  stat: (path) =>
    Effect.map(store.stat(path), (entry) => (entry.kind === "object" ? { ...entry, validator: "same" } : entry)),
  read: (path, given) =>
    Effect.map(store.read(path, given), ({ info, body }) => ({ info: { ...info, validator: "same" }, body }))
})

const piece = 65_536

const inPieces = (store: ObjectStore): ObjectStore => ({
  ...store,
  read: Effect.fnUntraced(function* (path, given = {}) {
    const whole = yield* store.read(path, given)
    const { size = 0 } = whole.info
    if (given.range !== undefined || given.version !== undefined || size <= piece) return whole
    const starts = Array.from({ length: Math.ceil(size / piece) }, (_, index) => index * piece)
    const body = Stream.flatMap(Stream.fromIterable(starts), (start) =>
      Stream.unwrap(Effect.map(store.read(path, { range: { start, end: start + piece - 1 } }), (part) => part.body))
    )
    return { info: whole.info, body }
  })
})

/** What can go wrong in `stat` and `read`. */
export const reading: ReadonlyArray<Defect> = [
  {
    name: "stat of what is missing succeeds",
    damage: found((_, path) => Effect.succeed({ kind: "directory", path })),
    fails: [
      "connection",
      "stat",
      "write",
      "integrity",
      "remove",
      "paths",
      "errors",
      "copy",
      "folders",
      "versions",
      "multipart",
      "uploads",
      "presign",
      "faults"
    ]
  },
  { name: "stat takes a string prefix for a directory", damage: found(byPrefix), fails: ["stat", "remove", "paths"] },
  { name: "each state has the same validator", damage: sameValidator, fails: ["stat", "write", "conditions"] },
  {
    name: "a read is short",
    damage: bodies((body) => Stream.filter(body, (block) => block.length !== 300_000 % 4096)),
    fails: ["read", "integrity"]
  },
  {
    name: "a read is long",
    damage: bodies((body) =>
      Stream.flatMap(body, (block) =>
        block.length === 300_000 % 4096 ? Stream.fromIterable([block, block], { chunkSize: 1 }) : Stream.succeed(block)
      )
    ),
    fails: ["read", "integrity"]
  },
  { name: "pieces of two states are read as one", damage: inPieces, fails: ["integrity"] },
  { name: "all blocks come in one pull", damage: bodies(Stream.rechunk(1000)), fails: ["read"] },
  { name: "a cut download ends as a success", damage: bodies(Stream.catch(() => Stream.empty)), fails: ["faults"] },
  {
    name: "the end of a range is exclusive",
    damage: ranges((range) =>
      "start" in range && range.end !== undefined && range.end > range.start ? { ...range, end: range.end - 1 } : range
    ),
    fails: ["range"]
  },
  {
    name: "a suffix is taken for a start",
    damage: ranges((range) => ("suffix" in range ? { start: range.suffix } : range)),
    fails: ["range"]
  },
  { name: "read ignores ifMatch", damage: options(({ ifMatch: _, ...rest }) => rest), fails: ["conditions"] },
  { name: "read ignores the version", damage: options(({ version: _, ...rest }) => rest), fails: ["versions"] }
]
