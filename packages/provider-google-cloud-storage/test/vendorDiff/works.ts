/**
 * Works that both clients are asked to do on a bucket with two objects.
 */
import type { File, Storage } from "@google-cloud/storage"
import type { ObjectStore, StorageError } from "@mooring/core"
import { blocks, pattern } from "@mooring/testkit"
import type { Work as SharedWork } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as Stream from "effect/Stream"
import { Readable } from "node:stream"
import { pipeline } from "node:stream/promises"
import { bucket, stored } from "../double/cases/fixture.ts"
import { partSize } from "../host.ts"

export interface Work extends SharedWork {
  readonly theirs: (client: Storage) => Promise<unknown>
  readonly ours: (store: ObjectStore) => Effect.Effect<unknown, StorageError, Scope.Scope>
}

/** A name in which everything is escaped that can be. */
const name = "dir/a b+c%2F&=?#é~!'()*"
const path = [bucket, "dir", name.slice(4)]
/** Nothing is there yet. */
const newName = "new/a b+c%2F&=?#é~!'()*"
const newPath = [bucket, "new", newName.slice(4)]
const storedPath = [bucket, stored]

const work = (
  title: string,
  theirs: (file: File, client: Storage) => Promise<unknown>,
  ours: Work["ours"],
  at = stored
): Work => ({
  title,
  operation: title.split(" ")[0] ?? "",
  theirs: (client) => theirs(client.bucket(bucket).file(at), client),
  ours
})

const drained = (store: ObjectStore, options = {}) =>
  Effect.flatMap(store.read(storedPath, options), ({ body }) => Stream.runDrain(body))

const attributes = { contentType: "text/plain", metadata: { colour: "blue" } }
const large = pattern(partSize + 5)
/** In one call the vendor's client has no token where the endpoint is another than Google's. */
const inPieces = async (file: File) => {
  const [uri] = await file.createResumableUpload({ metadata: attributes, predefinedAcl: "private" })
  await pipeline(Readable.from([large]), file.createWriteStream({ uri, chunkSize: partSize, resumable: true }))
}

const pages = { autoPaginate: false, maxResults: 1000 }

/** The beginning of the title is the operation, as the double calls it. */
export const works: ReadonlyArray<Work> = [
  work(
    "buckets.list",
    (_, client) => client.getBuckets(pages),
    (store) => store.listPage([])
  ),
  work(
    "buckets.insert",
    (_, client) => client.createBucket("new-bucket"),
    (store) => store.createContainer!(["new-bucket"])
  ),
  work(
    "buckets.delete",
    (_, client) => client.bucket("empty").delete(),
    (store) => store.removeContainer!(["empty"])
  ),
  work(
    "objects.list",
    (_, client) => client.bucket(bucket).getFiles({ ...pages, delimiter: "/" }),
    (store) => store.listPage([bucket])
  ),
  work(
    "objects.list of all below a directory",
    (_, client) => client.bucket(bucket).getFiles({ ...pages, prefix: "dir/" }),
    (store) => store.listPage([bucket, "dir"], { recursive: true })
  ),
  work(
    "objects.list of versions",
    (_, client) => client.bucket(bucket).getFiles({ autoPaginate: false, prefix: stored, versions: true }),
    (store) => store.versions!(storedPath)
  ),
  work(
    "objects.get",
    (file) => file.getMetadata(),
    (store) => store.stat(storedPath)
  ),
  work(
    "objects.get of a name that is escaped",
    (file) => file.getMetadata(),
    (store) => store.stat(path),
    name
  ),
  work(
    "objects.download",
    (file) => file.download(),
    (store) => drained(store)
  ),
  work(
    "objects.download of a range",
    (file) => file.download({ start: 1, end: 3 }),
    (store) => drained(store, { range: { start: 1, end: 3 } })
  ),
  work(
    "objects.insertMultipart",
    (file) => file.save("text", { resumable: false, metadata: attributes, predefinedAcl: "private" }),
    (store) => store.write(newPath, blocks("text"), { ...attributes, size: 4 }),
    newName
  ),
  work(
    "objects.insertMultipart of what is not there",
    (file) =>
      file.save("text", {
        resumable: false,
        metadata: attributes,
        predefinedAcl: "private",
        preconditionOpts: { ifGenerationMatch: 0 }
      }),
    (store) => store.write(newPath, blocks("text"), { ...attributes, size: 4, ifNoneMatch: "*" }),
    newName
  ),
  work(
    "uploads.put of a body in pieces",
    inPieces,
    (store) => store.write(newPath, blocks(large), { ...attributes, size: large.length }),
    newName
  ),
  work(
    "objects.delete",
    (file) => file.delete({ ignoreNotFound: true }),
    (store) => store.remove(storedPath)
  ),
  work(
    "objects.rewrite",
    (file, client) => file.copy(client.bucket(bucket).file(name), { predefinedAcl: "private" }),
    (store) => store.copy!(storedPath, path)
  ),
  work(
    "objects.rewrite of another storage class",
    (file) => file.setStorageClass("nearline"),
    (store) => store.setTier!(storedPath, "NEARLINE")
  ),
  work(
    "objects.patch",
    (file) =>
      file.setMetadata({ metadata: { mtime: "2023-11-14T22:13:20Z", "goog-reserved-file-mtime": "1700000000" } }),
    (store) => store.setModified!(storedPath, 1_700_000_000_000)
  )
]
