/** Snapshots, versions, what is restored, and many deletions at once, as the vendor's client runs them. */
import { assert } from "@effect/vitest"
import type { ContainerListBlobsOptions } from "@azure/storage-blob"
import { all, stored, storedBlob, storedBody, textOf, type Fixture } from "./fixture.ts"

const listed = ({ container }: Fixture, options: ContainerListBlobsOptions = {}) =>
  all(container.listBlobsFlat(options))

export const stateRuns = {
  snapshots: async (fixture: Fixture) => {
    const blob = storedBlob(fixture)
    const { snapshot } = await blob.createSnapshot()
    await blob.upload("new", 3)
    assert.strictEqual(await textOf(blob.withSnapshot(snapshot!)), storedBody)
    const found = await listed(fixture, { includeSnapshots: true })
    assert.deepStrictEqual(
      found.map((item) => item.snapshot || undefined),
      [snapshot, undefined]
    )
    await blob.withSnapshot(snapshot!).delete()
    assert.strictEqual((await listed(fixture, { includeSnapshots: true })).length, 1)
  },
  deleteWithSnapshots: async (fixture: Fixture) => {
    const blob = storedBlob(fixture)
    await blob.createSnapshot()
    await blob.delete({ deleteSnapshots: "only" })
    assert.strictEqual((await listed(fixture, { includeSnapshots: true })).length, 1)
    await blob.createSnapshot()
    await blob.delete({ deleteSnapshots: "include" })
    assert.strictEqual((await listed(fixture, { includeSnapshots: true })).length, 0)
  },
  versions: async (fixture: Fixture) => {
    const blob = storedBlob(fixture)
    const { versionId: old } = await blob.getProperties()
    await blob.upload("new", 3)
    await blob.setMetadata({ a: "b" })
    const found = await listed(fixture, { includeVersions: true })
    assert.deepStrictEqual(
      found.map(({ isCurrentVersion, properties }) => [isCurrentVersion === true, properties.contentLength]),
      [
        [false, 12],
        [false, 3],
        [true, 3]
      ]
    )
    assert.strictEqual(await textOf(blob.withVersion(old!)), storedBody)
    await blob.delete()
    assert.strictEqual((await listed(fixture)).length, 0)
    assert.strictEqual((await listed(fixture, { includeVersions: true })).length, 3)
    await blob.withVersion(old!).delete()
    assert.strictEqual((await listed(fixture, { includeVersions: true })).length, 2)
  },
  copyVersion: async (fixture: Fixture) => {
    const blob = storedBlob(fixture)
    const { versionId: old } = await blob.getProperties()
    await blob.upload("new", 3)
    await (await blob.beginCopyFromURL(blob.withVersion(old!).url)).pollUntilDone()
    assert.strictEqual(await textOf(blob), storedBody)
    assert.strictEqual((await listed(fixture, { includeVersions: true })).length, 3)
  },
  softDelete: async (fixture: Fixture) => {
    const blob = storedBlob(fixture)
    await blob.createSnapshot()
    await blob.delete({ deleteSnapshots: "include" })
    const found = await listed(fixture, { includeDeleted: true, includeSnapshots: true })
    assert.deepStrictEqual(
      found.map(({ name, deleted }) => [name, deleted]),
      [
        [stored, true],
        [stored, true]
      ]
    )
    await blob.undelete()
    assert.strictEqual(await textOf(blob), storedBody)
  },
  batch: async (fixture: Fixture) => {
    const names = ["a b", "ü+%2F"]
    for (const name of names) await fixture.container.getBlockBlobClient(name).upload("x", 1)
    const blobs = [...names, "missing"].map((name) => fixture.container.getBlobClient(name))
    const { subResponses } = await fixture.container.getBlobBatchClient().deleteBlobs(blobs)
    assert.deepStrictEqual(
      subResponses.map(({ status, errorCode }) => [status, errorCode]),
      [
        [202, undefined],
        [202, undefined],
        [404, "BlobNotFound"]
      ]
    )
    assert.strictEqual((await listed(fixture)).length, 1)
  }
}
