/**
 * Works on blobs.
 */
import { BlobSASPermissions, generateBlobSASQueryParameters } from "@azure/storage-blob"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import { account } from "../double/index.ts"
import { operationsOf } from "../openDouble.ts"
import { attributes, name, options, path, storedEtag, storedPath, type Work } from "./Work.ts"

const md5 = (text: string) => new Uint8Array(createHash("md5").update(text).digest())
const texts = ["abcd", "efgh", "i"]
const id = (index: number) => Buffer.alloc(16, index + 1).toString("base64")

/** The time that ours is asked to keep, as it keeps it. */
const mtime = "1970-01-01T00:00:01.500000000Z"
const modified = 1500

const inBlocks = (operation: string): Work => ({
  title: `${operation} of an upload in blocks`,
  operation,
  theirs: async ({ container }) => {
    const blob = container.getBlockBlobClient(name)
    for (const [index, text] of texts.entries()) {
      await blob.stageBlock(id(index), text, text.length, { transactionalContentMD5: md5(text) })
    }
    await blob.commitBlockList(
      texts.map((_, index) => id(index)),
      {
        metadata: { ...attributes.metadata, mtime },
        blobHTTPHeaders: { ...attributes.blobHTTPHeaders, blobContentMD5: md5(texts.join("")) }
      }
    )
  },
  ours: (store) => store.write(path, blocks(...texts), { ...options, modified }),
  options: { chunk_size: 4 }
})

export const blobWorks: ReadonlyArray<Work> = [
  {
    title: "PutBlob",
    operation: "PutBlob",
    theirs: ({ container }) => container.getBlockBlobClient(name).upload("text", 4, attributes),
    ours: (store) => store.write(path, blocks("text"), options)
  },
  {
    title: "PutBlob in a tier",
    operation: "PutBlob",
    theirs: ({ container }) => container.getBlockBlobClient(name).upload("text", 4, { ...attributes, tier: "Cool" }),
    ours: (store) => store.write(path, blocks("text"), options),
    options: { access_tier: "cool" }
  },
  {
    title: "PutBlob where none is",
    operation: "PutBlob",
    theirs: ({ container }) =>
      container.getBlockBlobClient(name).upload("text", 4, { ...attributes, conditions: { ifNoneMatch: "*" } }),
    ours: (store) => store.write(path, blocks("text"), { ...options, ifNoneMatch: "*" })
  },
  {
    title: "PutBlob of nothing",
    operation: "PutBlob",
    theirs: ({ container }) => container.getBlockBlobClient(name).upload("", 0, attributes),
    ours: (store) => store.write(path, Stream.empty, options)
  },
  inBlocks("PutBlock"),
  inBlocks("PutBlockList"),
  {
    title: "GetBlobProperties",
    operation: "GetBlobProperties",
    theirs: ({ container }) => container.getBlobClient("stored").getProperties(),
    ours: (store) => store.stat(storedPath)
  },
  {
    title: "GetBlob",
    operation: "GetBlob",
    theirs: ({ container }) => container.getBlobClient("stored").download(),
    ours: (store) => store.read(storedPath)
  },
  {
    title: "GetBlob of a range on a condition",
    operation: "GetBlob",
    theirs: ({ container }, double) =>
      container
        .getBlobClient("stored")
        .download(1, 3, { rangeGetContentMD5: true, conditions: { ifMatch: storedEtag(double) } }),
    ours: (store, double) => store.read(storedPath, { range: { start: 1, end: 3 }, ifMatch: storedEtag(double) })
  },
  {
    title: "SetBlobMetadata",
    operation: "SetBlobMetadata",
    theirs: async ({ container }) => {
      const blob = container.getBlobClient("stored")
      const { metadata = {}, etag } = await blob.getProperties()
      await blob.setMetadata({ ...metadata, mtime }, { conditions: { ifMatch: etag! } })
      await blob.getProperties()
    },
    ours: (store) => store.setModified!(storedPath, modified)
  },
  {
    title: "SetBlobTier",
    operation: "SetBlobTier",
    theirs: async ({ container }) => {
      await container.getBlobClient("stored").setAccessTier("Cool")
      await container.getBlobClient("stored").getProperties()
    },
    ours: (store) => store.setTier!(storedPath, "Cool")
  },
  {
    title: "CopyBlob",
    operation: "CopyBlob",
    theirs: async ({ container }) => {
      const [from, to] = [container.getBlobClient("stored"), container.getBlobClient(name)]
      const { etag } = await from.getProperties()
      await (await to.beginCopyFromURL(from.url, { sourceConditions: { ifMatch: etag! } })).pollUntilDone()
    },
    ours: (store) => store.copy!(storedPath, path)
  },
  {
    title: "AbortCopyBlob",
    operation: "AbortCopyBlob",
    theirs: async ({ container }) => {
      const [from, to] = [container.getBlobClient("stored"), container.getBlobClient(name)]
      const { etag } = await from.getProperties()
      const poller = await to.beginCopyFromURL(from.url, { sourceConditions: { ifMatch: etag! } })
      await to.abortCopyFromURL(JSON.parse(poller.toString()).state.copyId)
    },
    ours: Effect.fnUntraced(function* (store, double) {
      const copying = yield* Effect.forkChild(store.copy!(storedPath, path))
      yield* Effect.repeat(Effect.sleep(1), { until: () => operationsOf(double).length > 2 })
      yield* Fiber.interrupt(copying)
    }),
    setup: { copyLooks: 1_000_000 }
  },
  {
    title: "DeleteBlob",
    operation: "DeleteBlob",
    theirs: ({ container }) => container.getBlobClient("stored").delete(),
    ours: (store) => store.remove(storedPath)
  },
  {
    title: "DeleteBlob with its snapshots",
    operation: "DeleteBlob",
    theirs: ({ container }) => container.getBlobClient("stored").delete({ deleteSnapshots: "include" }),
    ours: (store) => store.remove(storedPath),
    options: { delete_snapshots: "include" }
  },
  {
    title: "BlobBatch",
    operation: "BlobBatch",
    theirs: ({ container }) =>
      container.getBlobBatchClient().deleteBlobs(["stored", name].map((one) => container.getBlobClient(one))),
    ours: (store) => store.removeMany!([storedPath, path])
  },
  {
    title: "GetUserDelegationKey",
    operation: "GetUserDelegationKey",
    theirs: async ({ client }) => {
      const expiresOn = new Date(Date.now() + 60_000)
      const key = await client.getUserDelegationKey(new Date(Date.now() - 60_000), expiresOn)
      const permissions = BlobSASPermissions.parse("r")
      generateBlobSASQueryParameters(
        { containerName: "container", blobName: name, permissions, expiresOn },
        key,
        account
      )
    },
    ours: (store) => store.presign!(path, "GET", 60),
    token: true
  }
]
