/**
 * Mounts without root: by fusermount3, in a mount namespace of its own with a device that everybody may open, as
 * distributions ship it.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { chownSync } from "node:fs"
import { fileURLToPath } from "node:url"
import { background, bash, end, mounted, mountPoint, says, serve, succeeds, type Starter } from "../kernel.ts"
import { memoryFilesystem } from "../MemoryFilesystem.ts"

/** The user and group `nobody`. */
const nobody = 65534

const namespace = `mount --make-rprivate / && mount -t tmpfs -o mode=755 none /mnt &&
mknod -m 666 /mnt/fuse c 10 229 && mount --bind /mnt/fuse /dev/fuse && exec "$@"`

const inNamespace = ["unshare", "-m", "bash", "--norc", "-c", namespace, "bash"]
const asNobody = [...inNamespace, "setpriv", `--reuid=${nobody}`, `--regid=${nobody}`, "--clear-groups"]

/** The oldest Node that is supported, which has no node:ffi. */
const oldest = fileURLToPath(new URL("../../../../node_modules/node-22/bin/node", import.meta.url))

const ownedPoint = Effect.tap(mountPoint, (point) => Effect.sync(() => chownSync(point, nobody, nobody)))

/** A source by which the mount is told from those of others, which the namespace has as well. */
const sourceOf = (point: string) => `users-${point.slice(-6)}`

/** Runs a script in the namespace of a server, as who serves. */
const beside = (pid: number) =>
  `nsenter -t ${pid} -m setpriv --reuid=${nobody} --regid=${nobody} --clear-groups bash --norc -c`

const routes: ReadonlyArray<readonly [string, "ffi" | "decoy" | undefined, Starter]> = [
  ["node:ffi", "ffi", { before: asNobody }],
  ["the decoy", "decoy", { before: asNobody }],
  ["the decoy, on the oldest Node", undefined, { before: asNobody, node: oldest }]
]

describe.each(routes)("a mount without root, by %s", (_, route, starter) => {
  it.live("serves its user, shuts others out, and is gone afterwards", () =>
    Effect.gen(function* () {
      const point = yield* ownedPoint
      const server = yield* serve(
        {
          options: { mountPoint: point, fsname: sourceOf(point) },
          ...(route === undefined ? {} : { route }),
          big: 100_000
        },
        starter
      )
      yield* says(server, `mounted by ${route ?? "decoy"}`)
      const pid = server.child.pid as number
      const use = `${beside(pid)} 'cd "$1" && cp big copy && cmp big copy && stat -c "%U %a" copy && cat /proc/self/mountinfo | grep -c " fuse.mooring ${sourceOf(point)} "' bash "$1"`
      assert.strictEqual(yield* succeeds(use, point), "nobody 644\n1")
      assert.strictEqual(
        yield* succeeds(`nsenter -t ${pid} -m ls "$1" 2>&1 || true`, point),
        `ls: cannot access '${point}': Permission denied`
      )
      server.child.kill("SIGTERM")
      const { status, output } = yield* end(server)
      assert.deepStrictEqual([status, output.includes("unmounted")], [0, true])
    })
  )

  it.live("is taken away by the guard when its process is killed", () =>
    Effect.gen(function* () {
      const point = yield* ownedPoint
      const server = yield* serve(
        { options: { mountPoint: point, fsname: sourceOf(point) }, ...(route === undefined ? {} : { route }) },
        starter
      )
      yield* says(server, "mounted")
      // Something that stays in the namespace, so that the mount does not go with it.
      const witness = `exec nsenter -t ${server.child.pid} -m bash --norc -c 'kill -9 ${server.child.pid}; until ! grep -q " ${sourceOf(point)} " /proc/self/mountinfo; do :; done'`
      yield* succeeds(witness)
    })
  )
})

describe("a mount without root", () => {
  it.live("is refused clearly: no fusermount3, a directory of another, sharing that root has not allowed", () =>
    Effect.gen(function* () {
      const point = yield* ownedPoint
      const theirs = yield* mountPoint
      const without = asNobody.map((word) =>
        word === namespace ? `mount --bind /dev/null "$(command -v fusermount3)" && ${namespace}` : word
      )
      const cases = [
        [without, { mountPoint: point }, "unsupported: there is no fusermount3"],
        [asNobody, { mountPoint: theirs }, "permission_denied: only the owner of a directory"],
        [asNobody, { mountPoint: point, allowOther: true }, "permission_denied: this machine does not let users share"]
      ] as const
      for (const [before, options, message] of cases) {
        const server = yield* serve({ options }, { before })
        const { status, output } = yield* end(server)
        assert.strictEqual(status, 1)
        assert.include(output, message)
      }
    })
  )

  it.live("stays while a file is open, and says that this is why", () =>
    Effect.gen(function* () {
      const point = yield* ownedPoint
      const server = yield* serve({ options: { mountPoint: point }, big: 10 }, { before: asNobody })
      yield* says(server, "mounted")
      const use = `exec ${beside(server.child.pid as number)} 'exec 3< "$1/big" && echo open && read -r' bash "$1"`
      const user = yield* background(use, point)
      yield* says(user, "open")
      server.child.kill("SIGTERM")
      yield* says(server, "backend_in_use")
      user.child.stdin.end("\n")
      yield* end(user)
      server.child.kill("SIGTERM")
      const { status, output } = yield* end(server)
      assert.deepStrictEqual([status, output.includes("unmounted")], [0, true])
    })
  )

  it.live("lets others in where root has allowed that, by the permissions that are shown", () =>
    Effect.gen(function* () {
      const point = yield* ownedPoint
      const sharing = asNobody.map((word) =>
        word === namespace
          ? `echo user_allow_other > /tmp/fuse.conf.$$ && mount --bind /tmp/fuse.conf.$$ /etc/fuse.conf && rm /tmp/fuse.conf.$$ && ${namespace}`
          : word
      )
      const server = yield* serve(
        { options: { mountPoint: point, allowOther: true, umask: 0o027 }, big: 10 },
        { before: sharing }
      )
      yield* says(server, "mounted")
      const other = `nsenter -t ${server.child.pid} -m setpriv --reuid=1 --regid=1 --clear-groups cat "$1/big" 2>&1 || true`
      assert.include(yield* succeeds(other, point), "Permission denied")
      const group = `nsenter -t ${server.child.pid} -m setpriv --reuid=1 --regid=${nobody} --clear-groups cat "$1/big"`
      assert.strictEqual(yield* succeeds(group, point), "0123456789")
    })
  )
})

/** Becomes a user who is neither root nor the one who serves. */
const stranger = "setpriv --reuid=1 --regid=1 --clear-groups"

describe("a mount of root", () => {
  it.live("is root's alone, unless it is shared: then the kernel checks the permissions that are shown", () =>
    Effect.gen(function* () {
      const filesystem = memoryFilesystem()
      filesystem.fill("f", Buffer.from("text"))
      const { mountPoint: own } = yield* mounted(filesystem)
      assert.include((yield* bash(`${stranger} ls "$1"`, own)).output, "Permission denied")
      const { mountPoint: shared } = yield* mounted(filesystem, { allowOther: true })
      assert.strictEqual(yield* succeeds(`${stranger} cat "$1/f"`, shared), "text")
      assert.include((yield* bash(`${stranger} touch "$1/g"`, shared)).output, "Permission denied")
      const { mountPoint: secret } = yield* mounted(filesystem, { allowOther: true, umask: 0o077 })
      assert.include((yield* bash(`${stranger} cat "$1/f"`, secret)).output, "Permission denied")
      const { mountPoint: theirs } = yield* mounted(filesystem, { allowOther: true, umask: 0o077, uid: 1, gid: 1 })
      yield* succeeds(`${stranger} bash --norc -c 'echo more >> "$1/f"' bash "$1"`, theirs)
    })
  )

  it.live("can be made by who is root in a user namespace only", () =>
    Effect.gen(function* () {
      const point = yield* ownedPoint
      const before = [...asNobody, "unshare", "--user", "--map-root-user", "--mount"]
      const server = yield* serve({ options: { mountPoint: point } }, { before })
      yield* says(server, "mounted by root")
      const inside = `nsenter -t ${server.child.pid} --user --mount --setuid 0 --setgid 0 bash --norc -c 'echo x > "$1/f" && cat "$1/f"' bash "$1"`
      assert.strictEqual(yield* succeeds(inside, point), "x")
      server.child.kill("SIGTERM")
      assert.include((yield* end(server)).output, "unmounted")
    })
  )
})
