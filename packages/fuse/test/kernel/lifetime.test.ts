/**
 * How mounts begin and end: unmounted, killed, aborted; and whose mounts are cleared.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { readFileSync } from "node:fs"
import { descriptorsOf } from "../../src/Host.ts"
import { mount, mountBy } from "../../src/mount.ts"
import { mountAt } from "../../src/mount/mountInfo.ts"
import { openFuse, rootRoute } from "../../src/mount/rootRoute.ts"
import type { Route } from "../../src/mount/Route.ts"
import { background, bash, end, mounted, mountPoint, says, serve, succeeds } from "../kernel.ts"
import { memoryFilesystem } from "../MemoryFilesystem.ts"

const seenAt = (point: string) => mountAt(readFileSync("/proc/self/mountinfo", "utf8"), point)

/** Waits until the list of mounts has changed so that there is none at a place: the kernel says so by poll(2). */
const gone = (point: string) =>
  succeeds(
    `python3 -c 'import select,sys
with open("/proc/self/mountinfo") as mounts:
  poll = select.poll(); poll.register(mounts, select.POLLERR | select.POLLPRI)
  while True:
    mounts.seek(0)
    if sys.argv[1] not in mounts.read(): break
    poll.poll(20000)' "$(printf %s "$1" | sed 's/\\\\/\\\\134/g; s/ /\\\\040/g')"`,
    point
  )

describe("the end of a mount", () => {
  it.live("comes with its Scope, also when a program is in it", () =>
    Effect.gen(function* () {
      const point = yield* Effect.scoped(
        Effect.gen(function* () {
          const { mountPoint: point } = yield* mounted(memoryFilesystem(), { fsname: "a store: with spaces" })
          assert.strictEqual(seenAt(point)?.source, "a store: with spaces")
          const inside = yield* background('cd "$1" && echo in && exec sleep 60', point)
          yield* says(inside, "in")
          return point
        })
      )
      assert.isUndefined(seenAt(point))
    })
  )

  it.live("is refused while a file is open, and comes lazily if so asked", () =>
    Effect.gen(function* () {
      const { mountPoint: point, unmount, ended } = yield* mounted(memoryFilesystem())
      const user = yield* background('exec 3> "$1/f" && echo open && read -r && echo more >&3 && echo wrote', point)
      yield* says(user, "open")
      assert.strictEqual((yield* Effect.flip(unmount())).reason._tag, "backend_in_use")
      assert.isDefined(seenAt(point))
      yield* unmount({ lazy: true })
      assert.isUndefined(seenAt(point))
      user.child.stdin.end("\n")
      yield* says(user, "wrote")
      yield* ended
    })
  )

  it.live("is noticed when another unmounts", () =>
    Effect.gen(function* () {
      const { mountPoint: point, unmount, ended } = yield* mounted(memoryFilesystem())
      yield* succeeds('umount "$1"', point)
      yield* ended
      yield* unmount()
    })
  )

  it.live("is cleaned up when the connection was aborted", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      const { mountPoint: point, ended } = yield* mounted(filesystem)
      const caller = yield* background('exec stat "$1/hang"', point)
      yield* filesystem.hanging
      yield* succeeds('umount -i -f "$1" || true', point)
      assert.include((yield* end(caller)).output, "Software caused connection abort")
      yield* ended
      assert.isUndefined(seenAt(point))
      assert.strictEqual(filesystem.interrupted(), 1)
    })
  )

  it.live("comes by the guard when the process is killed, with a program waiting", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      const server = yield* serve({ options: { mountPoint: point } })
      yield* says(server, "mounted")
      const inside = yield* background('cd "$1" && echo in && read -r', point)
      yield* says(inside, "in")
      server.child.kill("SIGKILL")
      yield* gone(point)
      yield* mount(memoryFilesystem(), { mountPoint: point })
      yield* succeeds('touch "$1/again"', point)
    })
  )

  it.live("is not that of another's mount over it", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      const server = yield* serve({ options: { mountPoint: point } })
      yield* says(server, "mounted")
      yield* succeeds('mount -t tmpfs theirs "$1"', point)
      const guard = yield* succeeds('pgrep -P "$1" -x sh', String(server.child.pid))
      server.child.kill("SIGKILL")
      yield* succeeds('tail --pid="$1" -f /dev/null', guard)
      assert.strictEqual(seenAt(point)?.source, "theirs")
      yield* succeeds('umount "$1"', point)
    })
  )

  it.live.each(["SIGCONT", "SIGKILL"] as const)(
    "is not that of a later mount at the same place, when the process of the earlier one gets %s",
    (signal) =>
      Effect.gen(function* () {
        const point = yield* mountPoint
        const server = yield* serve({ options: { mountPoint: point } })
        yield* says(server, "mounted")
        const guard = yield* succeeds('pgrep -P "$1" -x sh', String(server.child.pid))
        // It does not notice that it is unmounted before it gets the signal.
        server.child.kill("SIGSTOP")
        yield* succeeds('umount -i -n -c -l "$1"', point)
        yield* mount(memoryFilesystem(), { mountPoint: point })
        server.child.kill(signal)
        yield* end(server)
        yield* succeeds('tail --pid="$1" -f /dev/null', guard)
        assert.isDefined(seenAt(point))
        yield* succeeds('touch "$1/f"', point)
      })
  )

  it.live.each(["polling", "threads"] as const)(
    "comes when the process exits by itself, which no %s holds up",
    (reading) =>
      Effect.gen(function* () {
        const point = yield* mountPoint
        const server = yield* serve({ options: { mountPoint: point }, reading })
        yield* says(server, "mounted")
        const caller = yield* background('mkdir "$1/hang-directory"', point)
        yield* says(server, "hanging")
        server.child.kill("SIGUSR1")
        assert.strictEqual((yield* end(server)).status, 7)
        yield* gone(point)
        assert.include((yield* end(caller)).output, "Software caused connection abort")
      })
  )

  it.live("is that of a process which has nothing else to do", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      const server = yield* serve({ options: { mountPoint: point } })
      yield* says(server, "mounted")
      server.child.kill("SIGTERM")
      const { status, output } = yield* end(server)
      assert.deepStrictEqual([status, output.includes("unmounted"), output.includes("ended")], [0, true, true])
    })
  )
})

/** A dead mount: its process and its guard are both killed. */
const dead = (point: string, fsname: string) =>
  succeeds(
    `bash -c 'exec 3<>/dev/fuse && mount -i -n -c -t "fuse.mooring" -o fd=3,rootmode=40000,user_id=0,group_id=0 -- "$2" "$1"' bash "$1" "$2"
     ! stat "$1" 2>&1 | grep -v "Transport endpoint is not connected"`,
    point,
    fsname
  )

describe("a place to mount", () => {
  it.live("is freed of one's own dead mount", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      yield* dead(point, "mine")
      yield* mount(memoryFilesystem(), { mountPoint: point, fsname: "mine" })
      yield* succeeds('touch "$1/f"', point)
    })
  )

  it.live("is left alone with another's dead mount, and with a live one", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      yield* dead(point, "theirs")
      const refusal = yield* Effect.flip(mount(memoryFilesystem(), { mountPoint: point, fsname: "mine" }))
      assert.strictEqual(refusal.reason._tag, "backend_in_use")
      assert.strictEqual(seenAt(point)?.source, "theirs")
      const { mountPoint: taken } = yield* mounted(memoryFilesystem())
      const second = yield* Effect.flip(mount(memoryFilesystem(), { mountPoint: taken }))
      assert.strictEqual(second.reason._tag, "already_exists")
      yield* succeeds('touch "$1/f"', taken)
    })
  )

  it.live("is an existing directory, by an absolute path", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      const cases = [
        ["relative/path", "invalid_value"],
        [`${point}/none`, "not_found"],
        [`${point}/none/none`, "not_found"],
        ["/etc/hostname", "not_a_directory"],
        ["/etc/hostname/below", "not_found"]
      ] as const
      for (const [path, code] of cases) {
        const { reason } = yield* Effect.flip(mount(memoryFilesystem(), { mountPoint: path }))
        assert.deepStrictEqual([reason._tag, reason.pointer], [code, "#/mountPoint"], path)
      }
    })
  )

  it.live("is free again for others once the mount has ended, though the process lives on", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      const server = yield* serve({ options: { mountPoint: point } })
      yield* says(server, "mounted")
      yield* succeeds('umount "$1"', point)
      yield* end(server)
      const mine = yield* mount(memoryFilesystem(), { mountPoint: point })
      const quick = yield* Effect.forkChild(mine.ended)
      yield* succeeds('touch "$1/f"', point)
      assert.isUndefined(quick.pollUnsafe())
      yield* Fiber.interrupt(quick)
    })
  )
})

describe("a machine that cannot mount", () => {
  it.live("says so: no device", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      const before = [
        "unshare",
        "-m",
        "bash",
        "--norc",
        "-c",
        'mount -t tmpfs none /dev && mknod -m 666 /dev/null c 1 3 && mknod -m 666 /dev/urandom c 1 9 && exec "$@"',
        "bash"
      ]
      const server = yield* serve({ options: { mountPoint: point } }, { before })
      const { status, output } = yield* end(server)
      assert.strictEqual(status, 1)
      assert.include(output, "unsupported: this machine has no /dev/fuse")
    })
  )

  it.live("takes back what it had begun, though its Scope stays open", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      // A device that is never mounted: the kernel refuses to be read.
      const half: Route = { ...rootRoute, attach: () => openFuse }
      const { reason } = yield* Effect.flip(mountBy(half, memoryFilesystem(), { mountPoint: point }))
      assert.strictEqual(reason.detail, "the mount ended before it began")
      assert.deepStrictEqual(descriptorsOf("/dev/fuse"), [])
      yield* succeeds('while pgrep -P "$1" -x sh; do :; done', String(process.pid))
    })
  )

  it.live("says so: no right to mount", () =>
    Effect.gen(function* () {
      const point = yield* mountPoint
      const server = yield* serve(
        { options: { mountPoint: point } },
        { before: ["setpriv", "--bounding-set", "-sys_admin"] }
      )
      const { status, output } = yield* end(server)
      assert.strictEqual(status, 1)
      assert.include(output, "permission_denied: the kernel refused to mount")
      assert.strictEqual((yield* bash('ls -A "$1"', point)).output, "")
    })
  )
})
