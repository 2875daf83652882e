import { assert, describe, it } from "@effect/vitest"
import { Opcode } from "../../src/protocol/constants.ts"
import { memoryFilesystem } from "../MemoryFilesystem.ts"
import { made } from "../protocol/recorded.ts"
import { fakeSession } from "./FakeChannel.ts"

/** Where the bytes of an entry begin, behind node, next offset, length and kind. */
const header = 24

/** Names and next offsets of a READDIR answer, whose entries begin at multiples of 8. */
const parse = (body: Buffer) => {
  const entries: Array<{ readonly name: string; readonly next: number }> = []
  for (let at = 0; at < body.length;) {
    const length = body.readUInt32LE(at + 16)
    const name = body.toString("utf8", at + header, at + header + length)
    entries.push({ name, next: Number(body.readBigUInt64LE(at + 8)) })
    at += (header + length + 7) & ~7
  }
  return entries
}

describe("a listing", () => {
  it("goes on behind any number of names that are too long for the kernel", () => {
    const filesystem = memoryFilesystem()
    const empty = new Uint8Array(0)
    filesystem.fill("first", empty)
    for (let index = 0; index < 1000; index++) filesystem.fill(`${"n".repeat(1100)}${index}`, empty)
    filesystem.fill("last", empty)
    const { ask } = fakeSession(filesystem)
    const handle = ask(made(Opcode.OPENDIR, 1, [0, 0]))!.body.readUInt32LE(0)
    const names: Array<string> = []
    let offset = 0
    for (;;) {
      const entries = parse(ask(made(Opcode.READDIR, 1, [handle, 0, offset, 0, 4096, 0, 0, 0, 0, 0]))!.body)
      if (entries.length === 0) break
      names.push(...entries.map(({ name }) => name))
      offset = entries.at(-1)!.next
    }
    assert.deepStrictEqual(names, [".", "..", "first", "last"])
  })
})
