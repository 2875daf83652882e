/**
 * A backend that is connected with a state of its own, and mounted by the command until the Scope ends.
 */
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { command } from "../command.ts"
import { bash, start, type Program, type Said } from "./Program.ts"
import type { Subject } from "./Subject.ts"

/** Connects an empty place of the subject, with some options changed, and makes a directory to mount it on. */
export const connected = Effect.fnUntraced(function* (
  subject: Subject,
  changes: Readonly<Record<string, unknown>> = {}
) {
  const cli = yield* command
  const place = yield* subject.open(cli.folder)
  const options = join(cli.folder, "options.json")
  writeFileSync(options, JSON.stringify({ ...place.config, ...changes }), { mode: 0o600 })
  const said = yield* cli.run(["connect", place.provider, "--from-file", options, "--name", "backend"])
  if (said.code !== 0) return yield* Effect.die(new Error(`not connected: ${said.error}`))
  const directory = join(cli.folder, "directory")
  mkdirSync(directory)
  return { ...cli, ...place, directory, source: `backend:${place.path.join("/")}` }
})

/** A connected backend. */
export type Connected = Effect.Success<ReturnType<typeof connected>>

/** Whether the kernel has a mount at the directory. */
export const isMounted = (directory: string): boolean =>
  readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .some((line) => line.split(" ")[4] === directory)

/** Frees the directory of whatever is mounted there. */
export const release = (directory: string) =>
  bash('umount -i -l "$1" || fusermount3 -u -z "$1"', [directory]).pipe(
    Effect.when(Effect.sync(() => isMounted(directory)))
  )

/** A mount that a process of the command serves. */
export interface Mounted extends Connected {
  /** The command; killing it is a crash. */
  readonly server: Program
  /** What Ctrl-C does: the command unmounts and ends. */
  readonly interrupt: Effect.Effect<Said>
}

/**
 * Mounts with `mooring mount …flags` as a child process, and waits until it says so. At the end of the Scope it is
 * interrupted, as a user would; that the process or the mount is still there afterwards is a failure of the test.
 */
export const mount = Effect.fnUntraced(function* (backend: Connected, flags: ReadonlyArray<string> = []) {
  const { main, source, directory, environment } = backend
  const server = yield* start(process.execPath, [main, "mount", source, directory, ...flags], { env: environment })
  const interrupt = Effect.suspend(() => {
    server.signal("SIGINT")
    return server.ended
  })
  yield* Effect.addFinalizer(() =>
    Effect.gen(function* () {
      yield* interrupt
      if (!isMounted(directory)) return
      yield* release(directory)
      yield* Effect.die(new Error(`the mount stayed: ${server.output()}`))
    }).pipe(Effect.ensuring(release(directory)))
  )
  yield* server.says("mounted ")
  return { ...backend, server, interrupt } satisfies Mounted
})

/** Connects the subject and mounts it. */
export const mounted = Effect.fnUntraced(function* (subject: Subject, flags: ReadonlyArray<string> = []) {
  return yield* mount(yield* connected(subject), flags)
})

/** A mount that the tests of a block share. */
export class SharedMount extends Context.Service<SharedMount, Mounted>()("@mooring/cli/test/SharedMount") {
  /** Of this subject; the backend is prepared before it is mounted. */
  static readonly layer = (
    subject: Subject,
    prepare: (backend: Connected) => Effect.Effect<void> = () => Effect.void
  ) =>
    Layer.effect(
      SharedMount,
      Effect.flatMap(Effect.tap(connected(subject), prepare), (backend) => mount(backend))
    )
}

/** What a block that shares a mount is run with: time is real, and mounting may take it. */
export const sharing = { excludeTestServices: true, timeout: "5 minutes" } as const
