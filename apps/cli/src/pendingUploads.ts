/**
 * What uploads that did not end have left at a provider.
 */
import type { ObjectStore, PendingUpload } from "@mooring/core/ObjectStore"
import { Path } from "@mooring/core/Path"
import { StorageError } from "@mooring/core/StorageError"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Option from "effect/Option"
import * as Stream from "effect/Stream"

export interface Found extends PendingUpload {
  /** Whether it was aborted just now. */
  readonly aborted: boolean
}

const unable = StorageError.of("unsupported", "this provider keeps nothing of uploads that did not end")

/**
 * The uploads that are pending below a path with a container, page by page. Those that began at least `abortAfter`
 * milliseconds ago are aborted, none if it is undefined: one that is younger, or of an unknown age, may be running.
 */
export const pendingUploads = (
  { listUploads, abortUpload }: ObjectStore,
  path: Path,
  abortAfter: number | undefined
): Stream.Stream<Found, StorageError> => {
  if (listUploads === undefined || abortUpload === undefined) return Stream.fail(unable)
  const container = path.slice(0, 1)
  const all = Stream.paginate(undefined as string | undefined, (cursor) =>
    Effect.map(listUploads(container, cursor === undefined ? {} : { cursor }), (page) => [
      page.uploads,
      Option.fromUndefinedOr(page.cursor)
    ])
  )
  return all.pipe(
    Stream.filter((upload) => Path.startsWith(upload.path, path)),
    Stream.mapEffect(
      Effect.fnUntraced(function* (upload) {
        const now = yield* Clock.currentTimeMillis
        const aborted = abortAfter !== undefined && upload.started !== undefined && now - upload.started >= abortAfter
        if (aborted) yield* abortUpload(upload)
        return { ...upload, aborted }
      })
    )
  )
}
