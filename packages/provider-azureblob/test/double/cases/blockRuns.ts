/** Blobs of blocks, as the vendor's client makes them. */
import { assert } from "@effect/vitest"
import { createHash } from "node:crypto"
import { all, stored, textOf, type Fixture } from "./fixture.ts"

const id = (text: string) => Buffer.from(text).toString("base64")

export const blockRuns = {
  blocks: async ({ container }: Fixture) => {
    const blob = container.getBlockBlobClient("blob")
    for (const text of ["1 ", "2 ", "3 "]) {
      const transactionalContentMD5 = new Uint8Array(createHash("md5").update(text).digest())
      await blob.stageBlock(id(text), text, 2, { transactionalContentMD5 })
    }
    await blob.commitBlockList([id("3 "), id("1 ")], { metadata: { a: "b" } })
    assert.strictEqual(await textOf(blob), "3 1 ")
    assert.deepStrictEqual((await blob.getProperties()).metadata, { a: "b" })
  },
  blocksAgain: async ({ container }: Fixture) => {
    const blob = container.getBlockBlobClient("blob")
    await blob.stageBlock(id("a"), "a", 1)
    await blob.commitBlockList([id("a")])
    await blob.stageBlock(id("b"), "b", 1)
    await blob.commitBlockList([id("a"), id("b"), id("a")])
    assert.strictEqual(await textOf(blob), "aba")
  },
  blockList: async ({ container }: Fixture) => {
    const blob = container.getBlockBlobClient("blob")
    await blob.stageBlock(id("a"), "aa", 2)
    await blob.commitBlockList([id("a")])
    await blob.stageBlock(id("b"), "b", 1)
    const { committedBlocks, uncommittedBlocks } = await blob.getBlockList("all")
    assert.deepStrictEqual(committedBlocks, [{ name: id("a"), size: 2 }])
    assert.deepStrictEqual(uncommittedBlocks, [{ name: id("b"), size: 1 }])
  },
  listUncommitted: async ({ container }: Fixture) => {
    await container.getBlockBlobClient("pending").stageBlock(id("a"), "a", 1)
    const namesIn = async (includeUncommitedBlobs: boolean) =>
      (await all(container.listBlobsFlat({ includeUncommitedBlobs }))).map(({ name }) => name)
    assert.deepStrictEqual(await namesIn(false), [stored])
    assert.deepStrictEqual(await namesIn(true), ["pending", stored])
  }
}
