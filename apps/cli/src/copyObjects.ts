/**
 * Copies one object, or all below a directory, from any store to any other.
 */
import { listPages } from "@mooring/core/list"
import type { ObjectInfo } from "@mooring/core/ObjectInfo"
import type { WriteOptions } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Location } from "./Location.ts"
import { md5Of } from "./md5Of.ts"

/** What became of one object. */
export interface Copied {
  readonly path: Path
  readonly size?: number
  readonly error?: StorageError
}

/** What the user chooses of a copy. */
export interface CopyChoices {
  /** Whether an object whose MD5 is not known is read once more for it, so that the target can keep it. */
  readonly checksum: boolean
}

/** Copies one object or makes one directory. */
type Task = Effect.Effect<Copied | undefined>

const concurrency = 8

/** What the target can keep of what the source says. */
const optionsFor = ({ store }: Location, info: ObjectInfo): WriteOptions => {
  const keeps = (what: "modified" | "contentType" | "metadata") => store.limits.stores.includes(what)
  return {
    ...(info.size !== undefined && { size: info.size }),
    // Kept where objects go up in parts. Elsewhere it would only be computed again: the source compares what it reads.
    ...(info.checksums?.md5 !== undefined && store.limits.parts !== undefined && { md5: info.checksums.md5 }),
    ...(info.modified !== undefined && keeps("modified") && { modified: info.modified }),
    ...(info.contentType !== undefined && keeps("contentType") && { contentType: info.contentType }),
    ...(info.metadata && keeps("metadata") && { metadata: info.metadata })
  }
}

const copyOne = (from: Location, source: Path, to: Location, target: Path, how: CopyChoices): Effect.Effect<Copied> =>
  Effect.gen(function* () {
    const hashes = how.checksum && to.store.limits.parts !== undefined
    const hashed = hashes ? yield* md5Of(from.store, source) : undefined
    const ifMatch = hashed?.validator
    const { info, body } = yield* from.store.read(source, ifMatch === undefined ? {} : { ifMatch })
    const known = hashed === undefined ? {} : { md5: hashed.md5 }
    const written = yield* to.store.write(target, body, { ...optionsFor(to, info), ...known })
    return { path: source, ...(written.size !== undefined && { size: written.size }) }
  }).pipe(
    Effect.scoped,
    Effect.catchCause((cause) =>
      Effect.succeed({
        path: source,
        error: StorageError.from(cause.reasons.map((one) => ("error" in one ? one.error : one))[0])
      })
    )
  )

/** The one object at `from`, to `to` or into it. */
export const copyObject = (from: Location, to: Location, how: CopyChoices): Stream.Stream<Copied, StorageError> =>
  Stream.fromEffect(
    Effect.suspend(() => copyOne(from, from.path, to, to.into ? [...to.path, from.path.at(-1) ?? ""] : to.path, how))
  )

const unreachable = (name: string): Copied => ({
  path: [name],
  error: StorageError.of("invalid_name", "no path reaches this stored name")
})

/** Makes the directory where the target has such; a container is never made. Nothing to tell unless it failed. */
const makeDirectory = ({ store }: Location, source: Path, target: Path): Effect.Effect<Copied | undefined> =>
  store.createDirectory === undefined || target.length <= (store.limits.containers ? 1 : 0)
    ? Effect.undefined
    : Effect.match(store.createDirectory(target), {
        onSuccess: () => undefined,
        onFailure: (error) => ({ path: source, error })
      })

/** What is to be done for all below a directory, as the listing comes. */
const tasksBelow = (
  from: Location,
  to: Location,
  directory: Path,
  how: CopyChoices
): Stream.Stream<Task, StorageError> => {
  const { limits } = from.store
  const targetOf = (path: Path) => [...to.path, ...path.slice(from.path.length)]
  const ofRoot = limits.containers && directory.length === 0
  // A recursive listing has no directories, so empty ones are only found level by level.
  const byLevel = ofRoot || (limits.realDirectories && to.store.createDirectory !== undefined)
  return listPages(from.store, directory, { recursive: !byLevel }).pipe(
    Stream.flatMap(({ entries, unaddressable = [] }) =>
      Stream.concat(
        Stream.fromIterable<Task>([
          ...entries.map(({ kind, path }) =>
            kind === "object" ? copyOne(from, path, to, targetOf(path), how) : makeDirectory(to, path, targetOf(path))
          ),
          ...unaddressable.map((name) => Effect.succeed(unreachable(name)))
        ]),
        Stream.flatMap(Stream.fromIterable(entries.filter(({ kind }) => kind !== "object")), ({ path }) =>
          Stream.catch(tasksBelow(from, to, path, how), (error) => Stream.succeed(Effect.succeed({ path, error })))
        )
      )
    )
  )
}

/**
 * All below `from`, to the same names below `to`: from the root of all containers each is a directory, and empty
 * directories are made where the target has such. The listing is streamed; a failure of one does not stop the others,
 * and a stored name that no path reaches is a failure, not left out.
 */
export const copyAll = (from: Location, to: Location, how: CopyChoices): Stream.Stream<Copied, StorageError> => {
  // A source where what is not there lists as empty does not show that this directory exists.
  const exists = from.store.limits.missingDirectories === "not_found"
  const top = exists && from.path.length > 0 ? [makeDirectory(to, from.path, to.path)] : []
  return Stream.concat(tasksBelow(from, to, from.path, how), Stream.fromIterable(top)).pipe(
    Stream.mapEffect((task) => task, { concurrency, unordered: true }),
    Stream.filter((copied) => copied !== undefined)
  )
}
