/**
 * A cache folder that is full, read only or gone: an error to who writes, and nothing to who reads. Making such folders
 * takes root.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mkdirSync } from "node:fs"
import { join } from "node:path"
import { connected, mount } from "./mounted.ts"
import { bash, succeeds } from "./Program.ts"
import { subjects } from "./Subject.ts"

/** Writes 8 MiB from the end to the beginning, and says what came of it. */
const backwards = `
import os, sys
try:
    file = os.open(sys.argv[1], os.O_CREAT | os.O_WRONLY)
    for place in reversed(range(8)):
        os.pwrite(file, os.urandom(1 << 20), place << 20)
    os.close(file)
    print("stored")
except OSError as error:
    print(error.strerror)`

const asRoot = process.getuid?.() === 0

for (const subject of subjects) {
  describe.skipIf(!asRoot)(`the cache folder of a mount of ${subject.name}`, () => {
    it.live("that is full or read only fails who writes, and not who reads, until it is well again", () =>
      Effect.gen(function* () {
        const backend = yield* connected(subject)
        const cache = join(backend.folder, "cache")
        mkdirSync(cache, { mode: 0o700 })
        yield* Effect.acquireRelease(succeeds('mount -t tmpfs -o size=2m,mode=0700 tmpfs "$1"', [cache]), () =>
          bash('umount -l "$1"', [cache])
        )
        const { directory } = yield* mount(backend, ["--cache-folder", cache])
        yield* succeeds('echo small >"$1/small"', [directory])
        const write = (name: string) =>
          Effect.map(bash('python3 -c "$2" "$1"', [join(directory, name), backwards]), ({ output }) => output.trim())
        assert.strictEqual(yield* write("full"), "No space left on device")
        assert.strictEqual(yield* succeeds('cat "$1/small"', [directory]), "small")
        // The lock is open: what is made read only is another view of the folder.
        yield* succeeds('mount --bind "$1" "$1"; mount -o remount,bind,ro "$1"', [cache])
        assert.strictEqual(yield* write("read-only"), "Read-only file system")
        assert.strictEqual(yield* succeeds('cat "$1/small"', [directory]), "small")
        yield* succeeds('umount "$1"; mount -o remount,size=64m "$1"', [cache])
        assert.strictEqual(yield* write("well"), "stored")
        assert.strictEqual(yield* succeeds('stat -c %s "$1/well"', [directory]), String(8 << 20))
      })
    )

    it.live("that is removed fails who writes, and not who reads", () =>
      Effect.gen(function* () {
        const backend = yield* connected(subject)
        const cache = join(backend.folder, "cache")
        const { directory } = yield* mount(backend, ["--cache-folder", cache])
        yield* succeeds('echo small >"$1/small"; rm -rf "$2"', [directory, cache])
        const { output } = yield* bash('python3 -c "$2" "$1/gone"', [directory, backwards])
        assert.notInclude(output, "stored")
        assert.strictEqual(yield* succeeds('cat "$1/small"', [directory]), "small")
      })
    )
  })
}
