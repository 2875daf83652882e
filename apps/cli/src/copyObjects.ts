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

/** What became of one object. */
export interface Copied {
  readonly path: Path
  readonly size?: number
  readonly error?: StorageError
}

const concurrency = 8

/** What the target can keep of what the source says. */
const optionsFor = ({ store }: Location, info: ObjectInfo): WriteOptions => {
  const keeps = (what: "modified" | "contentType" | "metadata") => store.limits.stores.includes(what)
  return {
    ...(info.size !== undefined && { size: info.size }),
    ...(info.checksums?.md5 !== undefined && { md5: info.checksums.md5 }),
    ...(info.modified !== undefined && keeps("modified") && { modified: info.modified }),
    ...(info.contentType !== undefined && keeps("contentType") && { contentType: info.contentType }),
    ...(info.metadata && keeps("metadata") && { metadata: info.metadata })
  }
}

const copyOne = (from: Location, source: Path, to: Location, target: Path): Effect.Effect<Copied> =>
  Effect.gen(function* () {
    const { info, body } = yield* from.store.read(source)
    const written = yield* to.store.write(target, body, optionsFor(to, info))
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
export const copyObject = (from: Location, to: Location): Stream.Stream<Copied, StorageError> =>
  Stream.fromEffect(
    Effect.suspend(() => copyOne(from, from.path, to, to.into ? [...to.path, from.path.at(-1) ?? ""] : to.path))
  )

const unreachable = (name: string): Copied => ({
  path: [name],
  error: StorageError.of("invalid_name", "no path reaches this stored name")
})

/**
 * All below `from`, to the same names below `to`. The listing is streamed; a failure of one does not stop the others, and
 * a stored name that no path reaches is a failure, not left out.
 */
export const copyAll = (from: Location, to: Location): Stream.Stream<Copied, StorageError> => {
  const copyTo = (path: Path) => copyOne(from, path, to, [...to.path, ...path.slice(from.path.length)])
  return listPages(from.store, from.path, { recursive: true }).pipe(
    Stream.flatMap(({ entries, unaddressable = [] }) =>
      Stream.fromIterable([
        ...entries.filter(({ kind }) => kind === "object").map(({ path }) => copyTo(path)),
        ...unaddressable.map((name) => Effect.succeed(unreachable(name)))
      ])
    ),
    Stream.mapEffect((copying) => copying, { concurrency, unordered: true })
  )
}
