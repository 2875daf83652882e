import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as Fiber from "effect/Fiber"
import type { Filesystem } from "../../src/Filesystem.ts"
import { Opcode, InitFlag } from "../../src/protocol/constants.ts"
import { Errno } from "../../src/protocol/errno.ts"
import { refused } from "../../src/session/refused.ts"
import { memoryFilesystem, type MemoryFilesystem } from "../MemoryFilesystem.ts"
import { made, request } from "../protocol/recorded.ts"
import { fakeSession } from "./FakeChannel.ts"

const name = (text: string) => Buffer.from(`${text}\0`)
const lookup = (text: string, unique?: number) => made(Opcode.LOOKUP, 1, [], name(text), unique)

/** A filesystem whose calls are written down with their arguments before they go to one in memory. */
const recorded = (changed: Partial<Filesystem> = {}) => {
  const inner: Filesystem = { ...memoryFilesystem(), ...changed }
  const calls: Array<ReadonlyArray<unknown>> = []
  const filesystem = Object.fromEntries(
    Object.entries(inner).map(([key, value]) => [
      key,
      typeof value !== "function"
        ? value
        : (...args: ReadonlyArray<unknown>) => {
            calls.push([key, ...args])
            return (value as (...args: ReadonlyArray<unknown>) => unknown)(...args)
          }
    ])
  ) as unknown as Filesystem
  return { filesystem, calls }
}

describe("INIT", () => {
  it.effect("agrees on what both can do, with the kernel that was recorded", () =>
    Effect.gen(function* () {
      const { session, ask } = fakeSession(memoryFilesystem())
      const { errno, body } = ask(request("INIT"))!
      assert.deepStrictEqual([errno, body.length], [0, 64])
      const words = Array.from({ length: 9 }, (_, index) => body.readUInt32LE(index * 4))
      assert.deepStrictEqual(words.slice(0, 3), [7, 39, 0x20000])
      assert.strictEqual(words[3]! & InitFlag.MAX_PAGES, InitFlag.MAX_PAGES)
      // background and congestion, max_write, time_gran, max_pages, and the one flag of the second word
      assert.deepStrictEqual(words.slice(4), [64 | (48 << 16), 1 << 20, 1, 256, 1 << 4])
      yield* Deferred.await(session.ready)
    })
  )

  it.effect("asks for nothing that the kernel did not offer", () =>
    Effect.gen(function* () {
      const { ask } = fakeSession(memoryFilesystem())
      const { body } = ask(made(Opcode.INIT, 0, [7, 31, 4096, InitFlag.MAX_PAGES, 0xffff_ffff]))!
      const words = [0, 4, 8, 12, 32].map((offset) => body.readUInt32LE(offset))
      assert.deepStrictEqual(words, [7, 31, 4096, InitFlag.MAX_PAGES, 0])
    })
  )

  it.effect("answers a newer protocol with its own, and refuses one that is too old", () =>
    Effect.gen(function* () {
      const newer = fakeSession(memoryFilesystem())
      assert.strictEqual(newer.ask(made(Opcode.INIT, 0, [8, 0, 0, 0]))!.body.readUInt32LE(0), 7)
      assert.isFalse(Deferred.isDoneUnsafe(newer.session.ready))
      const older = fakeSession(memoryFilesystem())
      assert.strictEqual(older.ask(made(Opcode.INIT, 0, [7, 27, 0, 0]))!.errno, Errno.EPROTO)
      const error = yield* Effect.flip(Deferred.await(older.session.ready))
      assert.strictEqual(error.reason._tag, "unsupported")
    })
  )
})

describe("requests", () => {
  it("reach the filesystem with what the kernel wrote", () => {
    const { filesystem, calls } = recorded()
    const { ask } = fakeSession(filesystem)
    // The shell opened the file with O_TRUNC, and then with O_APPEND.
    const how = { read: false, write: true, append: false, truncate: false }
    ask(request("MKDIR"))
    ask(request("CREATE"))
    ask(request("WRITE"))
    ask(request("OPEN_TO_APPEND"))
    ask(request("SETATTR_TIMES"))
    ask(request("SETATTR_SIZE"))
    ask(request("RENAME2"))
    ask(request("UNLINK"))
    ask(request("RMDIR"))
    ask(request("FORGET"))
    assert.deepStrictEqual(calls, [
      ["makeDirectory", 1, "d"],
      ["create", 1, "caf‛E9", { ...how, truncate: true, exclusive: false }],
      ["write", 1, 0, Buffer.from("hello")],
      ["open", 3, { ...how, append: false }],
      ["setAttributes", 3, { modified: 1500 }],
      ["setAttributes", 3, { size: 3 }, 4],
      ["rename", { parent: 1, name: "caf‛E9" }, { parent: 2, name: "new" }, { replace: false }],
      ["unlink", 2, "other"],
      ["removeDirectory", 1, "d"],
      ["forget", 3, 2]
    ])
  })

  it("of RENAME replace, and of RENAME2 with flags that nobody can keep are refused", () => {
    const { filesystem, calls } = recorded({ rename: () => Effect.void })
    const { ask } = fakeSession(filesystem)
    assert.strictEqual(ask(made(Opcode.RENAME, 1, [2, 0], Buffer.from("a\0b\0")))!.errno, 0)
    for (const flags of [2, 4, 3]) {
      const { errno } = ask(made(Opcode.RENAME2, 1, [2, 0, flags, 0], Buffer.from("a\0b\0")))!
      assert.strictEqual(errno, Errno.EINVAL)
    }
    assert.deepStrictEqual(calls, [["rename", { parent: 1, name: "a" }, { parent: 2, name: "b" }, { replace: true }]])
  })

  it("to forget many are answered by nothing", () => {
    const { filesystem, calls } = recorded()
    const { ask } = fakeSession(filesystem)
    const entries = [2, 0, /* count and padding */ 5, 0, 3, 0, 6, 1, 1, 0]
    assert.isUndefined(ask(made(Opcode.BATCH_FORGET, 0, entries)))
    assert.deepStrictEqual(calls, [
      ["forget", 5, 3],
      ["forget", 6 + 2 ** 32, 1]
    ])
  })

  it.each(Object.entries(refused))("of opcode %s are refused on purpose", (opcode, { errno, reason }) => {
    assert.isAbove(reason.length, 5)
    assert.strictEqual(fakeSession(memoryFilesystem()).ask(made(Number(opcode), 1))!.errno, errno)
  })

  it("of every opcode have an answer, a refusal, or a reason to have neither", () => {
    const silent: ReadonlyArray<number> = [Opcode.FORGET, Opcode.BATCH_FORGET, Opcode.NOTIFY_REPLY]
    for (const [key, opcode] of Object.entries(Opcode)) {
      const { answers, ask } = fakeSession(memoryFilesystem())
      ask(
        made(
          opcode,
          1,
          Array.from({ length: 30 }, () => 0),
          name("x")
        )
      )
      assert.strictEqual(answers.length, silent.includes(opcode) ? 0 : 1, key)
    }
    assert.strictEqual(fakeSession(memoryFilesystem()).ask(made(4242, 1))!.errno, Errno.ENOSYS)
  })

  it("that meet a defect are answered with EIO, and the next is served", () => {
    const { ask } = fakeSession({
      ...memoryFilesystem(),
      lookup: () => {
        throw new Error("SECRET")
      },
      attributes: () => Effect.die(new Error("SECRET")),
      usage: () => {
        throw new Error("SECRET")
      },
      forget: () => {
        throw new Error("SECRET")
      },
      openDirectory: () => Effect.succeed(undefined as unknown as number),
      readDirectory: () => Effect.succeed([undefined] as never)
    })
    assert.strictEqual(ask(lookup("a"))!.errno, Errno.EIO)
    assert.strictEqual(ask(request("GETATTR"))!.errno, Errno.EIO)
    assert.strictEqual(ask(request("STATFS"))!.errno, Errno.EIO)
    assert.strictEqual(ask(request("READDIRPLUS"))!.errno, Errno.EIO)
    assert.isUndefined(ask(request("FORGET")))
    assert.strictEqual(ask(request("OPENDIR"))!.errno, 0)
  })

  it("for bytes are answered from where the bytes are", () => {
    const bytes = Buffer.alloc(200_000, 7)
    const { ask } = fakeSession({ ...memoryFilesystem(), read: () => Effect.succeed(bytes) })
    const { errno, body } = ask(request("READ"))!
    assert.deepStrictEqual([errno, body.equals(bytes)], [0, true])
  })
})

describe("bytes of writes", () => {
  /** A session whose writes wait, and the bytes that they got. */
  const waiting = (transientWrites: boolean) => {
    const written: Array<Uint8Array> = []
    const done = Deferred.makeUnsafe<void>()
    const write = (_handle: number, _offset: number, bytes: Uint8Array) => {
      written.push(bytes)
      return Deferred.await(done)
    }
    return { ...fakeSession({ ...memoryFilesystem(), write, transientWrites }), written, done }
  }

  it("are a copy, so that they may be kept", () => {
    const { ask, written } = waiting(false)
    const one = request("WRITE")
    ask(one)
    assert.isFalse(one.isHeld)
    assert.strictEqual(Buffer.from(written[0]!).toString(), "hello")
  })

  it.effect("are where the kernel wrote them if they are not kept, until the call has ended", () =>
    Effect.gen(function* () {
      const { ask, answers, written, done, until } = waiting(true)
      const [one, two] = [request("WRITE"), request("WRITE_AT_5")]
      ask(one)
      ask(two)
      assert.deepStrictEqual([one.isHeld, two.isHeld], [true, true])
      assert.strictEqual(written[0]!.buffer, one.bytes.buffer)
      assert.strictEqual(written.map((bytes) => Buffer.from(bytes).toString()).join(), "hello,more")
      ask(made(Opcode.INTERRUPT, 0, [two.unique, 0], undefined, 1))
      assert.deepStrictEqual([one.isHeld, two.isHeld], [true, false])
      yield* Deferred.succeed(done, undefined)
      yield* until(() => answers.length === 2)
      assert.isFalse(one.isHeld)
    })
  )

  it("are not held by a call that ends at once", () => {
    const { ask } = fakeSession({ ...memoryFilesystem(), write: () => Effect.void, transientWrites: true })
    const one = request("WRITE")
    assert.strictEqual(ask(one)!.body.readUInt32LE(0), 5)
    assert.isFalse(one.isHeld)
  })
})

describe("directories", () => {
  const many = () => {
    const filesystem = memoryFilesystem()
    for (let index = 0; index < 100; index++) filesystem.fill(`entry-${index}`, new Uint8Array(0))
    return filesystem
  }

  /** Names and next offsets of a READDIR or READDIRPLUS answer. */
  const parse = (body: Buffer, plus: boolean) => {
    const entries: Array<{ readonly name: string; readonly next: number; readonly node: number }> = []
    for (let at = 0; at < body.length;) {
      if (plus) at += 128
      const length = body.readUInt32LE(at + 16)
      const node = plus ? Number(body.readBigUInt64LE(at - 128)) : Number(body.readBigUInt64LE(at))
      entries.push({
        name: body.toString("utf8", at + 24, at + 24 + length),
        next: Number(body.readBigUInt64LE(at + 8)),
        node
      })
      at += (24 + length + 7) & ~7
    }
    return entries
  }

  it.each([Opcode.READDIR, Opcode.READDIRPLUS])("are listed whole in pieces of any size, opcode %i", (opcode) => {
    for (const room of [400, 1000, 4096, 65_536]) {
      const filesystem = many()
      const { ask } = fakeSession(filesystem)
      const handle = ask(made(Opcode.OPENDIR, 1, [0, 0]))!.body.readUInt32LE(0)
      const names: Array<string> = []
      let offset = 0
      for (;;) {
        const { body } = ask(made(opcode, 1, [handle, 0, offset, 0, room, 0, 0, 0, 0, 0]))!
        assert.isAtMost(body.length, room)
        const entries = parse(body, opcode === Opcode.READDIRPLUS)
        if (entries.length === 0) break
        names.push(...entries.map(({ name }) => name))
        offset = entries.at(-1)!.next
      }
      assert.deepStrictEqual(names, [".", "..", ...Array.from({ length: 100 }, (_, index) => `entry-${index}`)])
      const known = opcode === Opcode.READDIRPLUS ? 1 : 0
      for (let node = 2; node <= 101; node++) assert.strictEqual(filesystem.lookups(node), known)
    }
  })

  it("do not count dots as look-ups", () => {
    const { ask } = fakeSession(many())
    const handle = ask(made(Opcode.OPENDIR, 1, [0, 0]))!.body.readUInt32LE(0)
    const { body } = ask(made(Opcode.READDIRPLUS, 1, [handle, 0, 0, 0, 4096, 0, 0, 0, 0, 0]))!
    assert.deepStrictEqual(
      parse(body, true)
        .slice(0, 2)
        .map(({ node }) => node),
      [0, 0]
    )
  })
})

describe("callers that are gone", () => {
  it("leave nothing behind: look-ups are forgotten, and what was opened is closed", () => {
    const filesystem = memoryFilesystem()
    filesystem.fill("f", new Uint8Array(0))
    const { ask, refuse } = fakeSession(filesystem)
    const directory = ask(made(Opcode.OPENDIR, 1, [0, 0]))!.body.readUInt32LE(0)
    refuse("ENOENT")
    ask(lookup("f"))
    ask(made(Opcode.READDIRPLUS, 1, [directory, 0, 0, 0, 4096, 0, 0, 0, 0, 0]))
    ask(made(Opcode.OPEN, 2, [0, 0]))
    ask(made(Opcode.CREATE, 1, [1, 0, 0, 0], name("new")))
    ask(made(Opcode.MKDIR, 1, [0, 0], name("d")))
    for (const node of [2, 3, 4]) assert.strictEqual(filesystem.lookups(node), 0, `node ${node}`)
    assert.strictEqual(filesystem.openHandles(), 0)
  })

  it.effect("interrupt the call, and hear of it by EINTR", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      const { ask, answers } = fakeSession(filesystem)
      assert.isUndefined(ask(lookup("hang", 2)))
      yield* filesystem.hanging
      ask(made(Opcode.INTERRUPT, 0, [2, 0], undefined, 3))
      assert.deepStrictEqual(
        answers.map(({ unique, errno }) => [unique, errno]),
        [[2, Errno.EINTR]]
      )
      assert.strictEqual(filesystem.interrupted(), 1)
    })
  )

  it("interrupt what is not known yet again later", () => {
    const { errno, unique } = fakeSession(memoryFilesystem()).ask(made(Opcode.INTERRUPT, 0, [2, 0], undefined, 3))!
    assert.deepStrictEqual([errno, unique], [Errno.EAGAIN, 3])
  })

  it.effect("get the answer if the call was done all the same", () =>
    Effect.gen(function* () {
      const done = Deferred.makeUnsafe<void>()
      const { ask, answers, until } = fakeSession({
        ...memoryFilesystem(),
        unlink: () =>
          Effect.uninterruptible(Effect.andThen(Deferred.await(done), Effect.fail(StorageError.of("read_only", "x"))))
      })
      ask(made(Opcode.UNLINK, 1, [], name("f"), 2))
      ask(made(Opcode.INTERRUPT, 0, [2, 0], undefined, 3))
      assert.strictEqual(answers.length, 0)
      yield* Deferred.succeed(done, undefined)
      yield* until(() => answers.length === 1)
      assert.deepStrictEqual(
        answers.map(({ unique, errno }) => [unique, errno]),
        [[2, Errno.EROFS]]
      )
    })
  )
})

describe("deadlines", () => {
  it.live("answer ETIMEDOUT once, interrupt the call, and are longer for what moves whole files", () =>
    Effect.gen(function* () {
      const filesystem: Filesystem = { ...memoryFilesystem(), flush: () => Effect.never, lookup: () => Effect.never }
      const { ask, answers, until } = fakeSession(filesystem, { deadline: 30, longDeadline: 120 })
      ask(made(Opcode.FLUSH, 2, [1, 0, 0, 0, 0, 0], undefined, 4))
      ask(lookup("x", 2))
      yield* until(() => answers.length === 2)
      assert.deepStrictEqual(
        answers.map(({ unique, errno }) => [unique, errno]),
        [
          [2, Errno.ETIMEDOUT],
          [4, Errno.ETIMEDOUT]
        ]
      )
    })
  )
})

describe("the end", () => {
  it.effect("interrupts what is in flight, and is quiet after an unmount", () =>
    Effect.gen(function* () {
      for (const end of [undefined, "ENODEV", "ECONNABORTED"]) {
        const filesystem = memoryFilesystem()
        const fake = fakeSession(filesystem)
        fake.ask(request("INIT"))
        fake.ask(lookup("hang"))
        yield* filesystem.hanging
        fake.refuse("ENODEV")
        fake.end(end)
        yield* Deferred.await(fake.session.ended)
        assert.strictEqual(filesystem.interrupted(), 1)
      }
    })
  )

  it.effect("is an error where the connection broke, and before it began", () =>
    Effect.gen(function* () {
      const { session, end } = fakeSession(memoryFilesystem())
      end("EBADF")
      assert.isTrue(Exit.isFailure(yield* Effect.exit(Deferred.await(session.ready))))
      const error = yield* Effect.flip(Deferred.await(session.ended))
      assert.strictEqual(error.reason.providerCode, "EBADF")
    })
  )
})

describe("notifications", () => {
  it.effect("about a node wait for the requests about it, and others do not", () =>
    Effect.gen(function* () {
      const filesystem: Filesystem & Pick<MemoryFilesystem, "announce"> = {
        ...memoryFilesystem(),
        makeDirectory: () => Effect.never,
        rename: () => Effect.never
      }
      const { session, notified, ask, until } = fakeSession(filesystem)
      const telling = yield* Effect.forkChild(session.notifications)
      ask(made(Opcode.MKDIR, 1, [0, 0], name("d"), 2))
      ask(made(Opcode.RENAME, 5, [6, 0], Buffer.from("a\0b\0"), 4))
      yield* filesystem.announce({ kind: "name", parent: 1, name: "first" })
      yield* filesystem.announce({ kind: "name", parent: 6, name: "second" })
      yield* filesystem.announce({ kind: "node", node: 9 })
      yield* until(() => notified.length === 1)
      assert.strictEqual(notified[0]!.length, 40)
      ask(made(Opcode.INTERRUPT, 0, [4, 0], undefined, 5))
      yield* until(() => notified.length === 2)
      assert.include(Buffer.from(notified[1]!).toString("latin1"), "second")
      ask(made(Opcode.INTERRUPT, 0, [2, 0], undefined, 3))
      yield* until(() => notified.length === 3)
      yield* Fiber.interrupt(telling)
    })
  )

  it.effect("go on after one that the kernel knew nothing of", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      const { session, notified, until } = fakeSession(filesystem)
      const telling = yield* Effect.forkChild(session.notifications)
      yield* filesystem.announce({ kind: "node", node: 2 })
      yield* filesystem.announce({ kind: "name", parent: 1, name: "x" })
      yield* until(() => notified.length === 2)
      yield* Fiber.interrupt(telling)
      assert.deepStrictEqual(
        notified.map((bytes) => bytes.length),
        [40, 34]
      )
    })
  )
})
