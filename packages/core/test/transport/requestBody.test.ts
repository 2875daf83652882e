import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { StorageError } from "../../src/StorageError.ts"
import { at, eventually, exchange, failsWith, serveHttp, serveTcp, withTransport } from "./servers.ts"

const MiB = 1024 * 1024
const block = new Uint8Array(64 * 1024).fill(7)

describe("a request body", () => {
  const collect = serveHttp((request, response) => {
    let size = 0
    request.on("data", (bytes: Uint8Array) => (size += bytes.byteLength))
    request.on("end", () => response.end(JSON.stringify([size, request.headers["content-length"] ?? "chunked"])))
  })
  const once = (blocks: ReadonlyArray<Uint8Array>, size?: number) => ({
    once: Stream.fromIterable(blocks, { chunkSize: 1 }),
    ...(size === undefined ? {} : { size })
  })

  it.live.each([
    ["bytes", new Uint8Array(5), [5, "5"]],
    ["no bytes", new Uint8Array(0), [0, "0"]],
    ["a part of a buffer", new Uint8Array(100).subarray(10, 13), [3, "3"]],
    ["a stream with its size", once([block, block], 2 * block.length), [2 * block.length, `${2 * block.length}`]],
    ["an empty stream with its size", once([], 0), [0, "0"]],
    [
      "a stream with empty blocks",
      once([new Uint8Array(0), block, new Uint8Array(0)], block.length),
      [block.length, `${block.length}`]
    ],
    ["a stream without a size", once([block]), [block.length, "chunked"]],
    [
      "a source that opens again",
      { open: () => Stream.make(block), size: block.length },
      [block.length, `${block.length}`]
    ]
  ] as const)("sends %s", ([, body, expected]) =>
    Effect.gen(function* () {
      const server = yield* collect
      assert.deepStrictEqual(JSON.parse(yield* exchange({ origin: at(server), method: "PUT", body })), expected)
    }).pipe(withTransport)
  )

  it.live.each([
    ["shorter", [block], block.length + 1],
    ["empty", [], 1],
    ["longer", [block, block], block.length],
    ["longer by one byte in a block of its own", [block, new Uint8Array(1)], block.length],
    ["longer than nothing", [new Uint8Array(1)], 0]
  ] as const)("that is %s than its size fails and never arrives whole", ([, blocks, size]) =>
    Effect.gen(function* () {
      let whole = 0
      const server = yield* serveHttp((request, response) => {
        request.resume().on("end", () => {
          whole += 1
          response.end()
        })
      })
      yield* failsWith("integrity_error", exchange({ origin: at(server), method: "PUT", body: once(blocks, size) }))
      yield* eventually(() => server.sockets.every((socket) => socket.destroyed))
      assert.strictEqual(whole, 0)
    }).pipe(withTransport)
  )

  it.live("keeps its own error", () =>
    Effect.gen(function* () {
      const server = yield* collect
      const body = {
        once: Stream.concat(Stream.make(block), Stream.fail(StorageError.of("archived_tier", "as it is")))
      }
      const reason = yield* failsWith("archived_tier", exchange({ origin: at(server), method: "PUT", body }))
      assert.strictEqual(reason.detail, "as it is")
    }).pipe(withTransport)
  )

  it.live("is pulled no further than a stalled server takes", () =>
    Effect.gen(function* () {
      const server = yield* serveTcp((socket) => socket.pause())
      let pulled = 0
      const endless = Stream.fromIterable(
        (function* () {
          for (; pulled < 256 * MiB; pulled += block.length) yield block
        })(),
        { chunkSize: 1 }
      )
      const upload = yield* Effect.forkChild(
        Effect.exit(exchange({ origin: at(server), method: "PUT", body: { once: endless, size: 256 * MiB } }))
      )
      yield* eventually(() => pulled > 0)
      // Time for what should not happen.
      yield* Effect.sleep(500)
      assert.isBelow(pulled, 24 * MiB)
      yield* Fiber.interrupt(upload)
    }).pipe(withTransport)
  )

  it.live("stops being pulled when the request is interrupted", () =>
    Effect.gen(function* () {
      const server = yield* collect
      let released = false
      const stalled = Stream.concat(Stream.make(block), Stream.never).pipe(
        Stream.ensuring(Effect.sync(() => (released = true)))
      )
      const upload = yield* Effect.forkChild(exchange({ origin: at(server), method: "PUT", body: { once: stalled } }))
      yield* eventually(() => (server.sockets[0]?.bytesRead ?? 0) > block.length)
      yield* Fiber.interrupt(upload)
      assert.isTrue(released)
      yield* eventually(() => server.sockets[0]?.destroyed === true)
    }).pipe(withTransport)
  )
})
