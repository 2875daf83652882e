/**
 * Files and directories as programs use them, on this machine's kernel. Without /dev/fuse these fail: they are not skipped.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { bash, mounted, mountPoint, says, serve, succeeds } from "../kernel.ts"
import { memoryFilesystem } from "../MemoryFilesystem.ts"

const pattern = Buffer.alloc(3 * 1024 * 1024 + 17, "0123456789abcdefghijklmnopqrstuvwxyz-")

const withBig = (options?: Parameters<typeof memoryFilesystem>[0]) => {
  const filesystem = memoryFilesystem(options)
  filesystem.fill("big", pattern.slice())
  return filesystem
}

describe.each([
  { answers: "at once", options: {} },
  { answers: "a turn of the loop later", options: { asynchronous: true } },
  { answers: "at once and keeps no bytes of writes", options: { transientWrites: true } },
  { answers: "later and keeps no bytes of writes", options: { asynchronous: true, transientWrites: true } }
])("files of a mount that answers $answers", ({ options }) => {
  it.live("are made, read, listed, renamed and removed", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(withBig(options))
      yield* succeeds('cd "$1" && echo hello > a && mkdir -p d/e && cp a d/e/b && mv d/e/b d/c', point)
      const listed = yield* succeeds('cd "$1" && cat a d/c && ls -aR', point)
      assert.strictEqual(listed, "hello\nhello\n.:\n.\n..\na\nbig\nd\n\n./d:\n.\n..\nc\ne\n\n./d/e:\n.\n..")
      assert.include((yield* bash('rmdir "$1/d"', point)).output, "Directory not empty")
      yield* succeeds('cd "$1" && rm -r d && [ ! -e d ]', point)
    })
  )

  it.live("keep their bytes through copies, in small blocks, large ones and past the cache", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(withBig(options))
      yield* succeeds('cd "$1" && cp big one && cmp big one', point)
      yield* succeeds('cd "$1" && dd if=big of=two bs=777 status=none && cmp big two', point)
      yield* succeeds(
        'cd "$1" && dd if=big of=three bs=1M oflag=direct iflag=direct status=none && cmp big three',
        point
      )
      assert.strictEqual(yield* succeeds('stat -c "%s %F %a" "$1/two"', point), `${pattern.length} regular file 644`)
    })
  )

  it.live("are written by 16 programs at once", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(withBig(options))
      yield* succeeds(
        'cd "$1" && for i in {1..16}; do cp big copy$i & done; wait; for i in {1..16}; do cmp big copy$i; done',
        point
      )
    })
  )

  it.live("are read by 64 programs at once", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(withBig(options))
      const sums = yield* succeeds('cd "$1" && for i in {1..64}; do md5sum big & done | sort -u; wait', point)
      assert.strictEqual(sums, yield* succeeds('cd "$1" && md5sum big', point))
    })
  )
})

describe("files of a mount", () => {
  it.live("are written at their end, truncated, and extended with zeros", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(memoryFilesystem())
      yield* succeeds('cd "$1" && echo one > f && echo two >> f && echo three >> f', point)
      assert.strictEqual(yield* succeeds('cat "$1/f"', point), "one\ntwo\nthree")
      yield* succeeds('cd "$1" && truncate -s 3 f && truncate -s 6 f', point)
      assert.strictEqual(yield* succeeds('od -An -c "$1/f"', point), "   o   n   e  \\0  \\0  \\0")
      yield* succeeds(
        'cd "$1" && for i in {1..20}; do (for j in {1..50}; do echo "$i $j" >> log; done) & done; wait',
        point
      )
      assert.strictEqual(yield* succeeds('sort -u "$1/log" | wc -l', point), "1000")
    })
  )

  it.live("go on while they are open, though their name is gone or another's", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(memoryFilesystem())
      yield* succeeds('cd "$1" && echo kept > f && exec 3< f && rm f && [ ! -e f ] && [ "$(cat <&3)" = kept ]', point)
      yield* succeeds(
        'cd "$1" && echo old > a && echo new > b && exec 3< a && mv b a && [ "$(cat a; cat <&3)" = "$(printf "new\\nold")" ]',
        point
      )
    })
  )

  it.live("are mapped into memory, to read and to write", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(withBig())
      const script = `
import mmap, sys
with open(sys.argv[1] + "/big", "r+b") as file:
    view = mmap.mmap(file.fileno(), 0)
    assert view[:10] == b"0123456789", view[:10]
    view[1048570:1048590] = b"written through here"
    view.flush()
    view.close()`
      yield* succeeds('python3 -c "$2" "$1"', point, script)
      const tail = yield* succeeds('cd "$1" && dd if=big bs=1 skip=1048570 count=20 iflag=direct status=none', point)
      assert.strictEqual(tail, "written through here")
    })
  )

  it.live("are mapped also where the kernel must not cache them", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(withBig({ direct: true }))
      const script = `
import mmap, sys
with open(sys.argv[1] + "/big", "r+b") as file:
    view = mmap.mmap(file.fileno(), 0)
    print(view[:10].decode())`
      assert.strictEqual(yield* succeeds('python3 -c "$2" "$1"', point, script), "0123456789")
    })
  )

  it.live("have names of any bytes", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      const { mountPoint: point } = yield* mounted(filesystem)
      yield* succeeds(`cd "$1" && echo x > $'caf\\xe9' && echo y > 'naïve 文 ‛' && echo z > $'a\\nb'`, point)
      assert.strictEqual(yield* succeeds(`cd "$1" && cat $'caf\\xe9' 'naïve 文 ‛' $'a\\nb'`, point), "x\ny\nz")
      assert.strictEqual(
        yield* succeeds(`cd "$1" && ls -b | LC_ALL=C sort`, point),
        "a\\nb\ncaf\\351\nna\\303\\257ve\\ \\346\\226\\207\\ \\342\\200\\233"
      )
      const lookup = yield* filesystem.lookup(1, "caf‛E9")
      assert.strictEqual(lookup.attributes.size, 2)
    })
  )

  it.live("are listed in their thousands, without those that no kernel takes", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      const sixes = Math.floor(10_000 / 7)
      for (let index = 0; index < 10_000; index++) filesystem.fill(`file-${index}`, new Uint8Array(index % 7))
      for (const name of ["", ".", "..", "a/b", "n".repeat(1025), "nul\0"]) filesystem.fill(name, new Uint8Array(1))
      filesystem.fill("n".repeat(1024), new Uint8Array(1))
      const { mountPoint: point } = yield* mounted(filesystem)
      assert.strictEqual(yield* succeeds('ls -f "$1" | sort -u | wc -l', point), "10003")
      assert.strictEqual(yield* succeeds('find "$1" -type f -size -6c | wc -l', point), String(10_001 - sixes))
      assert.strictEqual(yield* succeeds('ls -l "$1" | grep -c " 6 .*file-"', point), String(sixes))
    })
  )

  it.live("have times that can be set, and permissions that cannot", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(memoryFilesystem(), {
        umask: 0o027,
        fileMode: 0o777,
        uid: 1234,
        gid: 99
      })
      yield* succeeds('cd "$1" && touch -d "1969-12-31 23:59:58.25 UTC" f', point)
      assert.strictEqual(yield* succeeds('stat -c "%.Y %a %u %g" "$1/f"', point), "-1.750000000 750 1234 99")
      assert.strictEqual(yield* succeeds('stat -c %a "$1"', point), "750")
      assert.include((yield* bash('chmod 600 "$1/f"', point)).output, "Operation not supported")
      assert.include((yield* bash('chown 7 "$1/f"', point)).output, "Operation not supported")
      yield* succeeds('chmod 750 "$1/f" && chown 1234:99 "$1/f"', point)
    })
  )

  it.live("take chmod and chown for done where that is asked for", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(memoryFilesystem(), { ignorePermissions: true })
      yield* succeeds('cd "$1" && touch f && chmod 700 f && chown 7 f', point)
      assert.strictEqual(yield* succeeds('stat -c "%a %u" "$1/f"', point), "644 0")
    })
  )

  it.live("say what is refused as POSIX does, and the kernel does the rest itself", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(withBig())
      const refusals = [
        ['ln -s a "$1/l"', "Operation not permitted"],
        ['ln "$1/big" "$1/l"', "Operation not permitted"],
        ['mkfifo "$1/p"', "Operation not permitted"],
        ['fallocate -l 10 "$1/new"', "Operation not supported"],
        ["python3 -c \"import os,sys; os.setxattr(sys.argv[1], 'user.a', b'')\" \"$1/big\"", "Operation not supported"],
        ['cat "$1/fail-archived_tier"', "Input/output error"],
        ['cat "$1/fail-rate_limited"', "Input/output error"],
        ['cat "$1/fail-provider_not_installed"', "Operation not supported"],
        ['cat "$1/fail-precondition_failed"', "Stale file handle"],
        ['cat "$1/fail-quota_exceeded"', "Disk quota exceeded"],
        ['cat "$1/fail-name_too_long"', "File name too long"],
        ['cat "$1/defect"', "Input/output error"]
      ] as const
      for (const [script, message] of refusals) assert.include((yield* bash(script, point)).output, message, script)
      // mv -n is RENAME_NOREPLACE; EXDEV has mv copy.
      yield* succeeds(
        'cd "$1" && echo 1 > a && echo 2 > b && { mv -n a b || true; } && [ "$(cat a b)" = "$(printf "1\\n2")" ]',
        point
      )
      yield* succeeds('cd "$1" && mv a elsewhere && [ "$(cat elsewhere)" = 1 ] && [ ! -e a ]', point)
      yield* succeeds('cd "$1" && flock big true && cp --sparse=always big copy && cmp big copy', point)
      yield* succeeds(
        'python3 -c "import os,sys; f=os.open(sys.argv[1],0); assert os.lseek(f,5,os.SEEK_DATA)==5; assert os.lseek(f,5,os.SEEK_HOLE)==os.fstat(f).st_size" "$1/big"',
        point
      )
      yield* succeeds(
        "python3 -c \"import os,sys; a=os.open(sys.argv[1]+'/big',0); b=os.open(sys.argv[1]+'/c',os.O_WRONLY|os.O_CREAT); assert os.copy_file_range(a,b,1000)>0\" \"$1\"",
        point
      )
      assert.strictEqual(yield* succeeds('df --output=size,avail -B1 "$1" | tail -1', point), `${2 ** 40} ${2 ** 39}`)
    })
  )

  it.live("are flushed at each close and released at the last", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      const { mountPoint: point } = yield* mounted(filesystem)
      yield* succeeds('cd "$1" && exec 3> f && echo a >&3 && sync f && exec 4>&3 && exec 3>&- && exec 4>&-', point)
      yield* filesystem.released
      const names = filesystem.calls.map((call) => call.split(" ")[0])
      assert.isAtLeast(names.filter((name) => name === "flush").length, 3)
      assert.includeMembers(names, ["fsync", "release"])
    })
  )

  it.live("cannot be changed where the mount is read-only", () =>
    Effect.gen(function* () {
      const { mountPoint: point } = yield* mounted(withBig(), { readOnly: true })
      for (const script of ['echo > "$1/new"', 'echo > "$1/big"', 'rm "$1/big"', 'mkdir "$1/d"', 'touch "$1/big"']) {
        assert.include((yield* bash(script, point)).output, "Read-only file system", script)
      }
      assert.strictEqual(yield* succeeds('head -c 4 "$1/big"', point), "0123")
    })
  )

  it.live("are served by threads of the pool where nothing can be polled", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      const server = yield* serve({ options: { mountPoint: point }, reading: "threads", big: 5_000_000 })
      yield* says(server, "mounted by root")
      yield* succeeds(
        'cd "$1" && cp big copy && cmp big copy && for i in {1..16}; do md5sum big >/dev/null & done; wait',
        point
      )
      yield* succeeds('umount -i "$1"', point)
      yield* says(server, "ended")
    })
  )
})
