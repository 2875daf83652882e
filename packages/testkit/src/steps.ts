/**
 * The steps that tests are made of. Each waits, where a store shows changes only later, within the subject's bound.
 */
import type { ErrorCode } from "@mooring/core/errorCodes"
import { list } from "@mooring/core/list"
import type { Entry, ObjectInfo } from "@mooring/core/ObjectInfo"
import type { ListOptions, ReadOptions, WriteOptions } from "@mooring/core/ObjectStore"
import { Path } from "@mooring/core/Path"
import { StorageError, type Reason } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Stream from "effect/Stream"
import * as assert from "node:assert/strict"
import { blocks, objectBytes, objectText } from "./bodies.ts"
import type { Site } from "./Suite.ts"

/** The path of this text below the site's place. */
export const at = (site: Site, text: string): Path => [...site.place, ...Path.of(text)]

/** A process that was stopped for all of the time has not looked: it looks so often in any case. */
const leastLooks = 10

/**
 * Runs the check until it succeeds or the time (milliseconds) is over, once if there is none; its last failure if it
 * never does.
 */
export const within = Effect.fnUntraced(function* <A>(
  time: number,
  check: Effect.Effect<A, StorageError>
): Effect.fn.Return<A, StorageError> {
  const started = yield* Clock.currentTimeMillis
  for (let looks = 1; ; looks += 1) {
    const exit = yield* Effect.exit(check)
    if (Exit.isSuccess(exit)) return exit.value
    const over = (yield* Clock.currentTimeMillis) - started >= time
    if (time === 0 || (over && looks >= leastLooks)) return yield* exit
    yield* Effect.sleep(10)
  }
})

/** Runs the check once, or until it holds where the store shows changes only later. */
export const eventually = <A>(site: Site, check: Effect.Effect<A, StorageError>): Effect.Effect<A, StorageError> =>
  within(site.limits.visibility === "eventual" ? (site.subject.settle ?? 10_000) : 0, check)

/** The effect must fail with a StorageError of one of these codes; its reason. */
export const refusal = Effect.fnUntraced(function* <A, R>(
  effect: Effect.Effect<A, StorageError, R>,
  ...codes: ReadonlyArray<ErrorCode>
): Effect.fn.Return<Reason, never, R> {
  const result = yield* Effect.result(effect)
  assert.ok(result._tag === "Failure", `should fail with ${codes.join(" or ")}, but succeeded`)
  assert.ok(StorageError.is(result.failure), "should fail with a StorageError")
  const { reason } = result.failure
  assert.ok(codes.includes(reason._tag), `should fail with ${codes.join(" or ")}, not ${result.failure.message}`)
  return reason
})

/** All bytes of the object. */
export const bytesAt = (site: Site, path: Path, options?: ReadOptions): Effect.Effect<Uint8Array, StorageError> =>
  objectBytes(site.store, path, options)

/** The object's bytes as text. */
export const textAt = (site: Site, path: Path, options?: ReadOptions): Effect.Effect<string, StorageError> =>
  objectText(site.store, path, options)

/** The object holds this text. */
export const holds = (site: Site, path: Path, text: string): Effect.Effect<void, StorageError> =>
  eventually(
    site,
    Effect.map(textAt(site, path), (found) => assert.equal(found, text, `at ${JSON.stringify(path)}`))
  )

/** Writes the text; returns once it can be read. */
export const put = Effect.fnUntraced(function* (
  site: Site,
  path: Path,
  text: string,
  options?: WriteOptions
): Effect.fn.Return<ObjectInfo, StorageError> {
  const info = yield* site.store.write(path, blocks(text), options)
  if (site.limits.visibility === "eventual") yield* holds(site, path, text)
  return info
})

/** What `stat` says, which must be an object. */
export const objectAt = (site: Site, path: Path): Effect.Effect<ObjectInfo, StorageError> =>
  eventually(
    site,
    Effect.map(site.store.stat(path), (entry) => {
      assert.ok(entry.kind === "object", `${JSON.stringify(path)} should be an object, not a ${entry.kind}`)
      return entry
    })
  )

/** Nothing is at the path. */
export const absent = (site: Site, path: Path): Effect.Effect<void, StorageError> =>
  eventually(site, Effect.asVoid(refusal(site.store.stat(path), "not_found")))

/** All entries of the directory, in the store's order. */
export const entriesOf = (
  site: Site,
  directory: Path,
  options?: Omit<ListOptions, "cursor">
): Effect.Effect<ReadonlyArray<Entry>, StorageError> => Stream.runCollect(list(site.store, directory, options))

/** The text of an entry below a directory; a slash behind a directory. */
export const nameOf = (entry: Entry, directory: Path): string =>
  entry.path.slice(directory.length).join("/") + (entry.kind === "object" ? "" : "/")

/** The directory lists exactly these names, each once, in any order. */
export const lists = (
  site: Site,
  directory: Path,
  names: ReadonlyArray<string>,
  options?: Omit<ListOptions, "cursor">
): Effect.Effect<void, StorageError> =>
  eventually(
    site,
    Effect.map(entriesOf(site, directory, options), (entries) =>
      assert.deepEqual(entries.map((entry) => nameOf(entry, directory)).toSorted(), names.toSorted())
    )
  )

/** Nothing is in the site's place; a directory that lists as missing is as empty as one can be. */
export const nothingLeft = (site: Site): Effect.Effect<void, StorageError> =>
  eventually(
    site,
    Effect.map(Effect.result(entriesOf(site, site.place, { recursive: true })), (result) =>
      result._tag === "Failure"
        ? assert.equal(result.failure.reason._tag, "not_found")
        : assert.deepEqual(result.success, [])
    )
  )
