/**
 * What both clients are asked to do, for every call that we send. `vendor.py` has the vendor's side by the title.
 */
import type { ObjectStore, StorageError } from "@mooring/core"
import { blocks } from "@mooring/testkit"
import type { Work as AnyWork } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"

export interface Work extends AnyWork {
  readonly ours: (store: ObjectStore, bucket: string) => Effect.Effect<unknown, StorageError, Scope.Scope>
  readonly options?: Readonly<Record<string, unknown>>
}

/** A name in which everything is escaped that can be. */
export const name = ["dir", "a b+c%2F&=?#é~!'()*"]

/** Bytes of a part. */
export const part = 5 * 1024 * 1024

export const stored = { contentType: "text/plain", metadata: { colour: "blue" }, modified: 1500 }
const drained = (read: ReturnType<ObjectStore["read"]>) => Effect.flatMap(read, ({ body }) => Stream.runDrain(body))

/** The newest version of an object. */
const versionOf = (store: ObjectStore, path: ReadonlyArray<string>) =>
  Effect.map(store.stat(path), (info) => (info.kind === "object" ? (info.validator ?? "") : ""))

const work = (title: string, ours: Work["ours"], options: Work["options"] = {}): Work => ({
  title,
  operation: title.split(" ")[0] ?? "",
  ours,
  options
})

export const works: ReadonlyArray<Work> = [
  work("b2_authorize_account", (store) => store.check),
  work("b2_list_buckets", (store) => store.listPage([])),
  work("b2_list_buckets of a name", (store, bucket) => store.stat([bucket])),
  work("b2_create_bucket", (store, bucket) => store.createContainer!([`created-${bucket}`])),
  work("b2_delete_bucket", (store, bucket) => store.removeContainer!([`empty-${bucket}`])),
  work("b2_list_file_names", (store, bucket) => store.listPage([bucket])),
  work("b2_list_file_versions", (store, bucket) => store.listPage([bucket]), { versions: true }),
  work("b2_download_file_by_name", (store, bucket) => drained(store.read([bucket, "stored"]))),
  work("b2_download_file_by_name of a range", (store, bucket) =>
    drained(store.read([bucket, "stored"], { range: { start: 2, end: 5 } }))
  ),
  work("b2_download_file_by_name without the bytes", (store, bucket) => store.stat([bucket, "stored"])),
  work("b2_download_file_by_id", (store, bucket) =>
    Effect.flatMap(versionOf(store, [bucket, "stored"]), (version) =>
      drained(store.read([bucket, "stored"], { version }))
    )
  ),
  work("b2_upload_file", (store, bucket) => store.write([bucket, ...name], blocks("text"), { ...stored, size: 4 })),
  work("b2_upload_file twice", (store, bucket) =>
    Effect.forEach([1, 2], () => store.write([bucket, ...name], blocks("text"), { size: 4 }))
  ),
  work("b2_upload_part", (store, bucket) =>
    store.write([bucket, ...name], blocks(new Uint8Array(2 * part)), { ...stored, size: 2 * part })
  ),
  work("b2_finish_large_file", (store, bucket) =>
    store.write([bucket, ...name], blocks(new Uint8Array(2 * part)), { ...stored, size: 2 * part })
  ),
  work("b2_copy_file", (store, bucket) => store.copy!([bucket, "stored"], [bucket, ...name])),
  work("b2_copy_part", (store, bucket) => store.copy!([bucket, "large"], [bucket, ...name]), {
    copy_cutoff: String(part)
  }),
  work("b2_hide_file", (store, bucket) => store.remove([bucket, "stored"])),
  work("b2_delete_file_version", (store, bucket) =>
    Effect.flatMap(versionOf(store, [bucket, "stored"]), (version) => store.removeVersion!([bucket, "stored"], version))
  ),
  work("b2_get_download_authorization", (store, bucket) => store.presign!([bucket, "stored"], "GET", 60)),
  work("b2_list_unfinished_large_files", (store, bucket) => store.listUploads!([bucket])),
  work("b2_start_large_file", (store, bucket) => store.openUpload!([bucket, ...name], stored)),
  work("b2_cancel_large_file", (store, bucket) =>
    Effect.flatMap(store.openUpload!([bucket, ...name], stored), ({ abort }) => abort)
  ),
  work("b2_list_parts", (store, bucket) =>
    Effect.flatMap(store.openUpload!([bucket, ...name], stored), ({ parts }) => parts)
  )
]
