/** Every operation as the vendor's client runs it, and what it must get. */
import { assert } from "@effect/vitest"
import { createHash } from "node:crypto"
import type { admissions } from "../behaviours.ts"
import type { AzureDoubleOptions } from "../index.ts"
import { blockRuns } from "./blockRuns.ts"
import { all, stored, storedBlob, storedBody, textOf, type Fixture } from "./fixture.ts"
import { rightRuns } from "./rightRuns.ts"
import { stateRuns } from "./stateRuns.ts"

const md5 = (text: string) => new Uint8Array(createHash("md5").update(text).digest())

const put = ({ container }: Fixture, name: string) => container.getBlockBlobClient(name).upload("x", 1)

const namesIn = async (fixture: Fixture) => (await all(fixture.container.listBlobsFlat())).map(({ name }) => name)

/** Without dot segments, which the vendor's client undoes. */
const awkward = ["a//b", "/lead", "trail/", "plus+ and space", "%2F", "ü/日本", "a?b#c&d=e", "'(!)*~", "...", "a."]

const runs: Record<keyof typeof admissions, (fixture: Fixture) => Promise<unknown>> = {
  ...stateRuns,
  ...rightRuns,
  ...blockRuns,
  listContainers: async ({ client }) => {
    const pages = await all(client.listContainers().byPage({ maxPageSize: 2 }))
    const names = pages.map(({ containerItems }) => containerItems.map(({ name }) => name))
    assert.deepStrictEqual(names, [["blobs", "container"], ["public"]])
  },
  createContainer: async ({ client }) => {
    const made = client.getContainerClient("made")
    await made.create({ access: "blob" })
    assert.strictEqual((await made.getProperties()).blobPublicAccess, "blob")
  },
  deleteContainer: async ({ client }) => {
    await client.deleteContainer("container")
    const names = (await all(client.listContainers())).map(({ name }) => name)
    assert.deepStrictEqual(names, ["blobs", "public"])
  },
  putBlob: async ({ container }) => {
    const blob = container.getBlockBlobClient("blob")
    const blobHTTPHeaders = { blobContentType: "text/html", blobCacheControl: "no-store", blobContentLanguage: "de" }
    const told = await blob.upload("text", 4, {
      blobHTTPHeaders,
      metadata: { Colour: "red", mtime: "1" },
      tier: "Cool"
    })
    assert.deepStrictEqual(new Uint8Array(told.contentMD5!), md5("text"))
    const { contentType, cacheControl, contentLanguage, metadata, accessTier } = await blob.getProperties()
    assert.deepStrictEqual([contentType, cacheControl, contentLanguage], ["text/html", "no-store", "de"])
    assert.deepStrictEqual<unknown>([metadata, accessTier], [{ colour: "red", mtime: "1" }, "Cool"])
  },
  putConditionally: async ({ container }) => {
    const blob = container.getBlockBlobClient("blob")
    const { etag } = await blob.upload("1", 1, { conditions: { ifNoneMatch: "*" } })
    await blob.upload("2", 1, { conditions: { ifMatch: etag! } })
    assert.strictEqual(await textOf(blob), "2")
  },
  getBlob: async (fixture) => {
    const { contentType, metadata, contentMD5, contentLength } = await storedBlob(fixture).download()
    assert.deepStrictEqual([contentType, metadata, contentLength], ["text/plain", { colour: "blue" }, 12])
    assert.deepStrictEqual(new Uint8Array(contentMD5!), md5(storedBody))
    assert.strictEqual(await textOf(storedBlob(fixture)), storedBody)
  },
  getRange: async (fixture) => {
    const part = await storedBlob(fixture).download(1, 3, { rangeGetContentMD5: true })
    assert.strictEqual(part.contentRange, "bytes 1-3/12")
    assert.deepStrictEqual(new Uint8Array(part.contentMD5!), md5("ell"))
    assert.deepStrictEqual(new Uint8Array(part.blobContentMD5!), md5(storedBody))
  },
  getProperties: async (fixture) =>
    assert.strictEqual((await storedBlob(fixture).getProperties()).contentLength, storedBody.length),
  exactNames: async (fixture) => {
    for (const name of awkward) await put(fixture, name)
    assert.sameMembers(await namesIn(fixture), [...awkward, stored])
    for (const name of awkward) assert.strictEqual(await textOf(fixture.container.getBlockBlobClient(name)), "x")
  },
  setMetadata: async (fixture) => {
    await storedBlob(fixture).setMetadata({ size: "1" })
    assert.deepStrictEqual((await storedBlob(fixture).getProperties()).metadata, { size: "1" })
    assert.strictEqual(await textOf(storedBlob(fixture)), storedBody)
  },
  listBlobs: async (fixture) => {
    for (const name of ["b", "a/2", "a/1", "a/3", "ab"]) await put(fixture, name)
    const pages = await all(fixture.container.listBlobsFlat({ prefix: "a/" }).byPage({ maxPageSize: 2 }))
    const names = pages.map(({ segment }) => segment.blobItems.map(({ name }) => name))
    assert.deepStrictEqual(names, [["a/1", "a/2"], ["a/3"]])
    const [item] = await all(fixture.container.listBlobsFlat({ prefix: stored, includeMetadata: true }))
    assert.deepStrictEqual([item?.metadata, item?.properties.contentLength], [{ colour: "blue" }, 12])
  },
  listHierarchy: async (fixture) => {
    for (const name of ["dir/a", "dir/b", "dir2/c"]) await put(fixture, name)
    const found = await all(fixture.container.listBlobsByHierarchy("/"))
    assert.deepStrictEqual(found.map(({ kind, name }) => `${kind} ${name}`).toSorted(), [
      "blob stored",
      "prefix dir/",
      "prefix dir2/"
    ])
  },
  listEncoded: async (fixture) => {
    await put(fixture, "bad\uffff")
    assert.deepStrictEqual(await namesIn(fixture), ["bad\uffff", stored])
  },
  deleteBlob: async (fixture) => {
    await storedBlob(fixture).delete()
    assert.deepStrictEqual(await namesIn(fixture), [])
  },
  copy: async (fixture) => {
    for (const metadata of [undefined, { size: "1" }]) {
      const blob = fixture.container.getBlockBlobClient("copy")
      await (await blob.beginCopyFromURL(storedBlob(fixture).url, { ...(metadata && { metadata }) })).pollUntilDone()
      assert.deepStrictEqual<unknown>((await blob.getProperties()).metadata, metadata ?? { colour: "blue" })
      assert.strictEqual(await textOf(blob), storedBody)
    }
  },
  copyPending: async (fixture) => {
    const blob = fixture.container.getBlockBlobClient("copy")
    const poller = await blob.beginCopyFromURL(storedBlob(fixture).url, { intervalInMs: 1 })
    assert.isFalse(poller.isDone())
    assert.strictEqual((await poller.pollUntilDone()).copyStatus, "success")
    assert.strictEqual(await textOf(blob), storedBody)
  },
  abortCopy: async (fixture) => {
    const blob = fixture.container.getBlockBlobClient("copy")
    await blob.beginCopyFromURL(storedBlob(fixture).url)
    await blob.abortCopyFromURL((await blob.getProperties()).copyId!)
    const { copyStatus, contentLength } = await blob.getProperties()
    assert.deepStrictEqual([copyStatus, contentLength], ["aborted", 0])
  },
  tiers: async (fixture) => {
    const blob = storedBlob(fixture)
    await blob.setAccessTier("Cold")
    assert.strictEqual((await blob.getProperties()).accessTier, "Cold")
    await blob.setAccessTier("Archive")
    await blob.setAccessTier("Hot", { rehydratePriority: "High" })
    assert.strictEqual((await blob.getProperties()).archiveStatus, "rehydrate-pending-to-hot")
    fixture.double.rehydrate("container", stored)
    assert.strictEqual(await textOf(blob), storedBody)
  },
  leases: async (fixture) => {
    const blob = storedBlob(fixture)
    const lease = blob.getBlobLeaseClient()
    const { leaseId } = await lease.acquireLease(15)
    await blob.upload("mine", 4, { conditions: { leaseId: leaseId! } })
    await lease.releaseLease()
    await blob.upload("all's", 5)
    assert.strictEqual(await textOf(blob), "all's")
  }
}

const options: Partial<Record<keyof typeof admissions, AzureDoubleOptions>> = {
  versions: { versioning: true },
  copyVersion: { versioning: true },
  softDelete: { softDelete: true },
  copyPending: { copyLooks: 3 },
  abortCopy: { copyLooks: 100 }
}

export const admissionCases = Object.entries(runs).map(
  ([id, run]) => [id as keyof typeof admissions, run, options[id as keyof typeof admissions]] as const
)
