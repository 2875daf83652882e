/**
 * A mount as a user has it: made, listed, shared, refused and taken away by the command.
 */
import { assert, describe, it } from "@effect/vitest"
import { makeFaultProxy } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { chmodSync, readdirSync, readFileSync } from "node:fs"
import { join } from "node:path"
import { background, bash, succeeds } from "./Program.ts"
import { connected, isMounted, mount, mounted, release } from "./mounted.ts"
import { subjects } from "./Subject.ts"

/** 128 and the number of SIGINT: what a shell sees of a command that Ctrl-C ended. */
const interrupted = 130

const isRoot = process.getuid?.() === 0

/** What the table of mounts says of a directory. */
const optionsOf = (directory: string): string =>
  readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .find((line) => line.split(" ")[4] === directory) ?? "not mounted"

for (const subject of subjects) {
  describe(`a mount of ${subject.name}`, () => {
    it.live("is made, used and ended by Ctrl-C, and what was written is at the backend", () =>
      Effect.gen(function* () {
        const { directory, store, path, interrupt, environment } = yield* mounted(subject)
        yield* succeeds('cd "$1"; mkdir d; echo hello >d/a; cat d/a; [ "$(ls d)" = a ]', [directory])
        const { body } = yield* store.read([...path, "d", "a"])
        const bytes = Buffer.concat(yield* Stream.runCollect(body))
        assert.strictEqual(bytes.toString(), "hello\n")
        const { status } = yield* interrupt
        assert.deepStrictEqual([status, isMounted(directory)], [interrupted, false])
        assert.deepStrictEqual(readdirSync(join(environment.MOORING_STATE, "cache")), [])
      })
    )

    it.live("is not unmounted while a file is open, which the command says, and is afterwards", () =>
      Effect.gen(function* () {
        const { directory, run, server } = yield* mounted(subject)
        const holder = yield* background('echo content >"$1/file"; exec 3<"$1/file"; echo open; exec sleep 1000', [
          directory
        ])
        yield* holder.says("open")
        const busy = yield* run(["unmount", directory, "--deadline", "1"])
        assert.deepStrictEqual([busy.code, busy.out], [1, ""])
        assert.include(busy.error, "backend_in_use")
        assert.strictEqual(yield* succeeds('cat "$1/file"', [directory]), "content")
        holder.signal("SIGKILL")
        yield* holder.ended
        const unmounted = yield* run(["unmount", directory])
        assert.deepStrictEqual([unmounted.code, isMounted(directory)], [0, false], unmounted.error)
        assert.strictEqual((yield* server.ended).status, 0)
      })
    )

    it.live("goes on in the background, is listed, and is made again at once", () =>
      Effect.gen(function* () {
        const { directory, run, source } = yield* connected(subject)
        yield* Effect.addFinalizer(() => Effect.andThen(run(["unmount", directory, "--force"]), release(directory)))
        for (const round of ["first", "second"]) {
          const detached = yield* run(["mount", source, directory, "--detach"])
          assert.deepStrictEqual([detached.code, isMounted(directory)], [0, true], detached.error)
          yield* succeeds('cd "$1"; [ ! -e second ]; [ "$2" = first ] || cat first; echo "$2" >"$2"', [
            directory,
            round
          ])
          assert.include((yield* run(["mounts"])).out, directory)
          const again = yield* run(["mount", source, directory])
          assert.deepStrictEqual([again.code, again.error.includes("already_exists")], [1, true], again.error)
          const unmounted = yield* run(["unmount", directory])
          assert.deepStrictEqual([unmounted.code, isMounted(directory)], [0, false], unmounted.error)
          assert.strictEqual((yield* run(["mounts"])).out, "")
        }
      })
    )

    it.live("is made in the background once: a second command says that it is there, and leaves it alone", () =>
      Effect.gen(function* () {
        const { directory, run, source } = yield* connected(subject)
        yield* Effect.addFinalizer(() => Effect.andThen(run(["unmount", directory, "--force"]), release(directory)))
        // Also as an option with a value.
        const first = yield* run(["mount", source, directory, "--detach=true"])
        assert.deepStrictEqual([first.code, isMounted(directory)], [0, true], first.error)
        const second = yield* run(["mount", source, directory, "--detach"])
        assert.deepStrictEqual([second.code, second.out], [1, ""])
        assert.include(second.error, "already_exists")
        yield* succeeds('echo text >"$1/file"', [directory])
      })
    )

    it.live("is ended by force while a file is open", () =>
      Effect.gen(function* () {
        const { directory, run, server } = yield* mounted(subject)
        const holder = yield* background('exec 3>"$1/file"; echo open; exec sleep 1000', [directory])
        yield* holder.says("open")
        const unmounted = yield* run(["unmount", directory, "--deadline", "1", "--force"])
        assert.deepStrictEqual([unmounted.code, isMounted(directory)], [0, false], unmounted.error)
        holder.signal("SIGKILL")
        yield* holder.ended
        assert.strictEqual((yield* server.ended).status, 0)
      })
    )

    it.live("that is read only refuses every change with EROFS", () =>
      Effect.gen(function* () {
        const backend = yield* connected(subject)
        const { store, path, directory } = backend
        yield* store.write([...path, "d", "a"], Stream.succeed(Buffer.from("text")))
        yield* mount(backend, ["--read-only"])
        assert.strictEqual(yield* succeeds('cat "$1/d/a"', [directory]), "text")
        for (const change of [
          ': >"$1/d/a"',
          ': >"$1/new"',
          'mkdir "$1/e"',
          'rm -f "$1/d/a"',
          'mv "$1/d" "$1/e"',
          'touch "$1/d/a"'
        ]) {
          const { status, output } = yield* bash(change, [directory])
          assert.notStrictEqual(status, 0, change)
          assert.include(output, "Read-only file system", change)
        }
      })
    )

    it.live("runs programs if it is told to", () =>
      Effect.gen(function* () {
        const { directory } = yield* mounted(subject, ["--file-mode", "777"])
        const script = 'cd "$1"; printf "#!/bin/sh\necho it runs\n" >script; stat -c %a script; ./script'
        assert.strictEqual(yield* succeeds(script, [directory]), "755\nit runs")
      })
    )

    it.live("lets others in only if it is told to, and then as owner and mode say", () =>
      Effect.gen(function* () {
        const shared = yield* mounted(subject, ["--allow-other", "--umask", "027"])
        assert.match(optionsOf(shared.directory), /\ballow_other\b/)
        yield* succeeds(
          'cd "$1"; echo text >file; [ "$(stat -c %a-%u file)" = "640-$(id -u)" ]; [ "$(stat -c %a .)" = 750 ]',
          [shared.directory]
        )
        const own = yield* mounted(subject)
        assert.notMatch(optionsOf(own.directory), /\ballow_other\b/)
        yield* succeeds('echo text >"$1/file"', [own.directory])
        // Only root can be another user.
        if (!isRoot) return
        const others = yield* mounted(subject, ["--allow-other"])
        yield* succeeds('echo text >"$1/file"', [others.directory])
        for (const { folder } of [shared, own, others]) chmodSync(folder, 0o755)
        const asNobody = 'exec setpriv --reuid=nobody --regid=nogroup --clear-groups bash --norc -c "$2" bash "$1"'
        assert.strictEqual(yield* succeeds(asNobody, [others.directory, 'cat "$1/file"']), "text")
        for (const [directory, tried] of [
          [others.directory, 'echo more >>"$1/file"'],
          [others.directory, 'mkdir "$1/mine"'],
          [shared.directory, 'cat "$1/file"'],
          [own.directory, 'cat "$1/file"']
        ] as const) {
          const { status, output } = yield* bash(asNobody, [directory, tried])
          assert.deepStrictEqual([status, output.includes("Permission denied")], [1, true], output)
        }
      })
    )
  })
}

/** What the refusals are: of each the errno that its page of the manual has for such a place. */
const refusals = {
  "a hard link": ['os.link(f"{here}/file", f"{here}/link")', "EPERM"],
  "a symbolic link": ['os.symlink("file", f"{here}/link")', "EPERM"],
  "a pipe": ['os.mkfifo(f"{here}/pipe")', "EPERM"],
  "another mode": ['os.chmod(f"{here}/file", 0o700)', "ENOTSUP"],
  "another owner": ['os.chown(f"{here}/file", os.getuid() + 1, -1)', "ENOTSUP"],
  "an extended attribute": ['os.setxattr(f"{here}/file", "user.a", b"b")', "ENOTSUP"],
  "a file without a name": ["os.open(here, os.O_TMPFILE | os.O_RDWR)", "ENOTSUP"],
  "an exchange of names": ['exchange(f"{here}/file", f"{here}/other")', "EINVAL"],
  "a name of 256 bytes": ['open(f"{here}/{256 * chr(97)}", "x")', "ENAMETOOLONG"]
} as const

const refuse = `
import ctypes, errno, os, sys
here = sys.argv[1]
libc = ctypes.CDLL(None, use_errno=True)
def exchange(a, b):
    if libc.renameat2(-100, a.encode(), -100, b.encode(), 2) != 0: raise OSError(ctypes.get_errno(), "renameat2")
for name in "file", "other": open(f"{here}/{name}", "w").write(name)
for action in sys.argv[2:]:
    try:
        exec(action)
        print("done")
    except OSError as error: print(errno.errorcode[error.errno])
assert sorted(os.listdir(here)) == ["file", "other"], os.listdir(here)
assert [open(f"{here}/{name}").read() for name in ("file", "other")] == ["file", "other"]`

for (const subject of subjects) {
  describe(`on ${subject.name}`, () => {
    it.live("what is refused on purpose is refused as the manual says, and changes nothing", () =>
      Effect.gen(function* () {
        const { directory } = yield* mounted(subject)
        const actions = Object.values(refusals).map(([action]) => action)
        const said = yield* succeeds('python3 -c "$2" "$1" "${@:3}"', [directory, refuse, ...actions])
        const errnos = Object.fromEntries(Object.keys(refusals).map((name, at) => [name, said.split("\n")[at]]))
        const expected = Object.fromEntries(Object.entries(refusals).map(([name, [, errno]]) => [name, errno]))
        assert.deepStrictEqual(errnos, expected)
      })
    )
  })
}

describe("a mount whose backend does not answer", () => {
  it.live("still says how much room there is, while a reader waits", () =>
    Effect.gen(function* () {
      const subject = subjects.find(({ name }) => name.startsWith("s3"))!
      const server = new URL(String((yield* subject.open("")).config["endpoint"]))
      const proxy = yield* makeFaultProxy({ host: server.hostname, port: Number(server.port) })
      const backend = yield* connected(subject, { endpoint: `http://${proxy.host}:${proxy.port}` })
      const { directory } = yield* mount(backend)
      yield* proxy.set({ kind: "blackHole" })
      const reader = yield* background('echo begins; exec ls "$1"', [directory])
      yield* reader.says("begins")
      const room = yield* succeeds('timeout 20 df --output=fstype "$1" | tail -n 1; timeout 20 stat -f -c %b "$1"', [
        directory
      ])
      assert.match(room, /^fuse\.mooring\n[1-9]\d*$/)
      reader.signal("SIGKILL")
      assert.strictEqual((yield* reader.ended).status, "SIGKILL")
      yield* proxy.set(undefined)
    })
  )
})
