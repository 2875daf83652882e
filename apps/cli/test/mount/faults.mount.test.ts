/**
 * A mount on a bad day of its server: what programs read and write is right or an error, and everything goes on when the
 * server does.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import { background, bash, succeeds } from "./Program.ts"
import { connected, mount } from "./mounted.ts"
import { proxied } from "./proxied.ts"
import { openBucket, server, stranger, type Subject } from "./Subject.ts"

/** Files of all sizes below `$1`, and a list of their sums. */
const makeFiles = `
cd "$1"; mkdir files; cd files
for i in $(seq 60); do head -c $((i * 977)) /dev/urandom >small-$i; done
head -c 25000000 /dev/urandom >large
sha256sum * >../sums`

const pause = (milliseconds: number) => Effect.sleep(milliseconds)

describe("a mount", () => {
  it.live("reads and writes all when one request of ten is refused", () =>
    Effect.gen(function* () {
      const { directory, folder, proxy } = yield* proxied()
      yield* succeeds(makeFiles, [folder])
      yield* proxy.set({ kind: "unavailable", every: 10 })
      yield* succeeds('cp -r "$1/files" "$2"', [folder, directory])
      const unmounted = yield* proxied()
      yield* unmounted.proxy.set({ kind: "unavailable", every: 10 })
      yield* succeeds('cp -r "$1/files" "$2"; cd "$2/files"; sha256sum --quiet -c "$1/sums"', [
        folder,
        unmounted.directory
      ])
      yield* succeeds('cd "$2/files"; sha256sum --quiet -c "$1/sums"', [folder, directory])
    })
  )

  it.live("gives the right bytes or an error when answers are cut in their middle", () =>
    Effect.gen(function* () {
      const { directory, store, path, proxy } = yield* proxied(["--cache-size", "1"])
      const bytes = Buffer.alloc(20_000_000)
      for (let at = 0; at < bytes.length; at += 4) bytes.writeUInt32LE((at * 2_654_435_761) % 2 ** 32, at)
      const sum = createHash("sha256").update(bytes).digest("hex")
      yield* store.write([...path, "large"], Stream.make(bytes), { size: bytes.length })
      const breaking = yield* Effect.forkScoped(
        Effect.forever(
          Effect.gen(function* () {
            yield* proxy.set({ kind: "reset", after: 50_000, side: "answer" })
            yield* pause(150)
            yield* proxy.set(undefined)
            yield* pause(350)
          })
        )
      )
      let right = 0
      for (let round = 0; round < 4; round += 1) {
        const { status, output } = yield* bash('dd if="$1/large" iflag=direct bs=1M status=none | sha256sum', [
          directory
        ])
        assert.strictEqual(status, 0)
        if (output.startsWith(sum)) right += 1
        else assert.include(output, "Input/output error")
      }
      yield* Fiber.interrupt(breaking)
      yield* proxy.set(undefined)
      assert.isAbove(right, 0)
      assert.include(yield* succeeds('sha256sum "$1/large"', [directory]), sum)
    })
  )

  it.live("waits for a server that is gone for some time, and then has what was written", () =>
    Effect.gen(function* () {
      const { directory, store, path, proxy } = yield* proxied()
      yield* succeeds('echo before >"$1/before"', [directory])
      yield* proxy.set({ kind: "refuse" })
      const writer = yield* background('echo during >"$1/during" && echo closed', [directory])
      yield* pause(3000)
      assert.notInclude(writer.output(), "closed")
      yield* proxy.set(undefined)
      assert.deepStrictEqual(yield* writer.ended, { status: 0, output: "closed\n" })
      assert.deepInclude(yield* store.stat([...path, "during"]), { kind: "object", size: 7 })
      assert.strictEqual(yield* succeeds('cat "$1/before"', [directory]), "before")
    })
  )

  it.live("lets go of a program that waits for a server which says nothing, and of df at once", () =>
    Effect.gen(function* () {
      const { directory, store, path, proxy } = yield* proxied()
      yield* store.write([...path, "a"], Stream.make(Buffer.from("here")))
      yield* proxy.set({ kind: "blackHole" })
      const waiting = yield* bash('timeout -s INT 2 cat "$1/a"; echo ended', [directory])
      assert.include(waiting.output, "ended")
      yield* succeeds('timeout 5 df "$1" >/dev/null', [directory])
      yield* proxy.set(undefined)
      assert.strictEqual(yield* succeeds('cat "$1/a"', [directory]), "here")
    })
  )

  it.live("tells the writer when the server refuses for good, and goes on reading", () =>
    Effect.gen(function* () {
      const readable: Subject = {
        name: "a bucket that others may only read",
        open: () => openBucket({ bucket_acl: "public-read", acl: "public-read" })
      }
      const backend = yield* connected(readable, { ...server, ...stranger })
      yield* backend.store.write([...backend.path, "theirs"], Stream.make(Buffer.from("theirs")))
      const { directory } = yield* mount(backend)
      assert.strictEqual(yield* succeeds('cat "$1/theirs"', [directory]), "theirs")
      const program = `
import os, sys
file = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)
os.write(file, b"mine")
for what in (os.fsync, os.close):
    try:
        what(file)
        print(what.__name__, "succeeded")
    except OSError as error:
        print(what.__name__, error.strerror)`
      const { output } = yield* bash('python3 -c "$2" "$1/mine"', [directory, program])
      assert.strictEqual(output, "fsync Permission denied\nclose Permission denied\n")
      const names = yield* succeeds('ls "$1"', [directory])
      assert.strictEqual(names, "theirs")
      assert.strictEqual(yield* succeeds('cat "$1/theirs"', [directory]), "theirs")
    })
  )
})
