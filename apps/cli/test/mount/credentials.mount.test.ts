/**
 * New credentials under a live mount: whoever reads meanwhile sees no error.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { writeFileSync } from "node:fs"
import { join } from "node:path"
import { background, bash, succeeds } from "./Program.ts"
import { connected, mount } from "./mounted.ts"
import { openBucket, server, stranger, type Subject } from "./Subject.ts"

/** Reads all files past every cache, again and again, until the file `stop` is there; says how often and what failed. */
const reader = `
cd "$1"; rounds=0; failed=0
until [ -e "$2/stop" ]; do
  for file in file-*; do dd if="$file" iflag=direct bs=256K status=none of=/dev/null || failed=$((failed + 1)); done
  rounds=$((rounds + 1))
done
echo "rounds $rounds failed $failed"`

describe("credentials that are changed under a mount", () => {
  it.live("are used from then on, without an error to any reader", () =>
    Effect.gen(function* () {
      const readable: Subject = {
        name: "a bucket that others may read",
        open: () => openBucket({ bucket_acl: "public-read", acl: "public-read" })
      }
      const backend = yield* connected(readable)
      const { store, path, folder, run } = backend
      for (let number = 0; number < 8; number += 1) {
        yield* store.write([...path, `file-${number}`], Stream.make(Buffer.alloc(1_000_000, number)))
      }
      const { directory } = yield* mount(backend, ["--cache-size", "1"])
      const readers = yield* Effect.forEach([0, 1, 2], () => background(reader, [directory, folder]))
      const [first, second] = [
        { access_key_id: server["access_key_id"], secret_access_key: server["secret_access_key"] },
        stranger
      ]
      for (const keys of [second, first, second]) {
        const options = join(folder, "keys.json")
        writeFileSync(options, JSON.stringify(keys), { mode: 0o600 })
        const changed = yield* run(["change", "backend", "--from-file", options, "--at", path.join("/")])
        assert.strictEqual(changed.code, 0, changed.error)
        yield* Effect.sleep(1500)
      }
      writeFileSync(join(folder, "stop"), "")
      for (const { ended } of readers) {
        const { status, output } = yield* ended
        assert.strictEqual(status, 0)
        assert.match(output, /^rounds [1-9]\d* failed 0\n$/)
      }
      // The last keys may only read. A shell looks at no error of close.
      const { status, output } = yield* bash('echo mine | dd of="$1/mine" conv=fsync status=none', [directory])
      assert.notStrictEqual(status, 0)
      assert.include(output, "Permission denied")
      yield* succeeds('cat "$1/file-1" >/dev/null', [directory])
    })
  )
})
