/**
 * The stream of all entries of a directory, derived from `listPage`.
 */
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"
import type { Entry } from "./ObjectInfo.ts"
import type { ListOptions, ObjectStore, Page } from "./ObjectStore.ts"
import type { Path } from "./Path.ts"
import { StorageError } from "./StorageError.ts"

/**
 * All pages, one in memory at a time. A cursor that was seen before would page for ever: Brent's cycle test finds any
 * repeated cursor, not only the last, in constant memory, and ends the stream with `integrity_error`.
 */
export const listPages = (
  store: ObjectStore,
  directory: Path,
  options: Omit<ListOptions, "cursor"> = {}
): Stream.Stream<Page, StorageError> =>
  Stream.suspend(() => {
    let anchor: string | undefined
    let steps = 0
    let power = 1
    return Stream.paginate(
      options as ListOptions,
      Effect.fnUntraced(function* (current) {
        const page = yield* store.listPage(directory, current)
        const { cursor } = page
        if (cursor === undefined) return [[page], Option.none<ListOptions>()] as const
        if (cursor === anchor) {
          return yield* StorageError.of("integrity_error", "the provider repeats a page of the listing")
        }
        steps += 1
        if (steps === power) {
          anchor = cursor
          steps = 0
          power *= 2
        }
        return [[page], Option.some<ListOptions>({ ...options, cursor })] as const
      })
    )
  })

/** All entries, the first at once. */
export const list = (
  store: ObjectStore,
  directory: Path,
  options: Omit<ListOptions, "cursor"> = {}
): Stream.Stream<Entry, StorageError> =>
  Stream.flatMap(listPages(store, directory, options), (page) => Stream.fromIterable(page.entries))
