/**
 * Structures as `linux/fuse.h` lays them out, read back with a DataView at the offsets of that header.
 */
import { assert, describe, it } from "@effect/vitest"
import type { Found } from "../../src/Filesystem.ts"
import { smallest, Reply } from "../../src/protocol/Reply.ts"

const presentation = { uid: 1000, gid: 100, fileMode: 0o640, directoryMode: 0o750 }
const found: Found = {
  attributes: { node: 2 ** 40 + 7, kind: "file", size: 2 ** 33 + 513, modified: -1750 },
  nameAge: 1500,
  attributesAge: 2 ** 50
}

const viewOf = (reply: Reply) => new DataView(reply.bytes.buffer, reply.bytes.byteOffset, reply.length)

const checkAttributes = (view: DataView, at: number) => {
  assert.strictEqual(view.getBigUint64(at, true), BigInt(2 ** 40 + 7), "ino")
  assert.strictEqual(view.getBigUint64(at + 8, true), BigInt(2 ** 33 + 513), "size")
  assert.strictEqual(view.getBigUint64(at + 16, true), BigInt(2 ** 24 + 2), "blocks")
  for (const time of [24, 32, 40]) assert.strictEqual(view.getBigInt64(at + time, true), -2n, "seconds")
  for (const time of [48, 52, 56]) assert.strictEqual(view.getUint32(at + time, true), 250_000_000, "nanoseconds")
  const rest = [60, 64, 68, 72, 76, 80, 84].map((offset) => view.getUint32(at + offset, true))
  assert.deepStrictEqual(rest, [0o100640, 1, 1000, 100, 0, 4096, 0])
}

describe("Reply", () => {
  it("writes fuse_entry_out", () => {
    const reply = new Reply(presentation)
    reply.bytes.fill(0xaa)
    reply.entry(found)
    assert.strictEqual(reply.length, 16 + 128)
    const view = viewOf(reply)
    assert.strictEqual(view.getBigUint64(16, true), BigInt(2 ** 40 + 7))
    assert.strictEqual(view.getBigUint64(24, true), 0n, "generation")
    assert.strictEqual(view.getBigUint64(32, true), 1n, "entry_valid")
    assert.strictEqual(view.getBigUint64(40, true), 31_536_000n, "attr_valid is a year at most")
    assert.deepStrictEqual([view.getUint32(48, true), view.getUint32(52, true)], [500_000_000, 0])
    checkAttributes(view, 56)
  })

  it("writes fuse_attr_out", () => {
    const reply = new Reply(presentation)
    reply.bytes.fill(0xaa)
    reply.attributes({ ...found, attributesAge: 250 })
    assert.strictEqual(reply.length, 16 + 104)
    const view = viewOf(reply)
    assert.deepStrictEqual([view.getBigUint64(16, true), view.getUint32(24, true)], [0n, 250_000_000])
    checkAttributes(view, 32)
  })

  it("writes directories with their mode, and open files with their flags", () => {
    const reply = new Reply(presentation)
    reply.entry({ ...found, attributes: { ...found.attributes, kind: "directory" } })
    assert.strictEqual(viewOf(reply).getUint32(56 + 60, true), 0o040750)
    reply.clear().opened({ handle: 2 ** 35, keepCache: true, direct: true })
    const view = viewOf(reply)
    assert.deepStrictEqual(
      [view.getBigUint64(16, true), view.getUint32(24, true), reply.length],
      [BigInt(2 ** 35), 3, 32]
    )
  })

  it("pads the names of directories to 8 bytes", () => {
    const reply = new Reply(presentation)
    reply.bytes.fill(0xaa)
    reply.dirent(9, 3, 0o100000, Buffer.from("name"))
    reply.dirent(10, 4, 0o040000, Buffer.from("eight888"))
    const view = viewOf(reply)
    assert.deepStrictEqual([view.getBigUint64(16, true), view.getBigUint64(24, true)], [9n, 3n])
    assert.deepStrictEqual([view.getUint32(32, true), view.getUint32(36, true)], [4, 8])
    assert.strictEqual(reply.bytes.toString("latin1", 40, 48), "name\0\0\0\0")
    assert.deepStrictEqual([view.getUint32(64, true), view.getUint32(68, true)], [8, 4])
    assert.strictEqual(reply.length, 80)
  })

  it("copies few bytes behind the header, and leaves many where they are", () => {
    const reply = new Reply(presentation)
    reply.data(Buffer.alloc(smallest, 1))
    reply.finish(5, 0)
    assert.deepStrictEqual([reply.payload, viewOf(reply).getUint32(0, true)], [undefined, 16 + smallest])
    const many = Buffer.alloc(smallest + 1, 2)
    reply.clear().data(many)
    reply.finish(2 ** 34 + 2, 0)
    const view = viewOf(reply)
    assert.strictEqual(reply.payload, many)
    assert.deepStrictEqual([view.getUint32(0, true), reply.length], [16 + smallest + 1, 16])
    assert.strictEqual(view.getBigUint64(8, true), BigInt(2 ** 34 + 2))
  })

  it("says an error by nothing but a header", () => {
    const reply = new Reply(presentation)
    reply.entry(found)
    reply.finish(7, 2)
    const view = viewOf(reply)
    assert.deepStrictEqual([view.getUint32(0, true), view.getInt32(4, true), reply.length], [16, -2, 16])
  })
})
