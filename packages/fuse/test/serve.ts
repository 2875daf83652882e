/**
 * A process that serves a filesystem in memory until it is told to leave: what tests kill, mount as another user, or watch
 * end. Its one argument is JSON.
 */
import * as Effect from "effect/Effect"
import { mountBy } from "../src/mount.ts"
import type { MountOptions } from "../src/mount/MountOptions.ts"
import { chooseRoute, decoyRoute, ffiRoute } from "../src/mount/routes.ts"
import type { Reading } from "../src/openChannel.ts"
import { memoryFilesystem, type MemoryOptions } from "./MemoryFilesystem.ts"

/** What the argument says. */
export interface Serving {
  readonly options: MountOptions
  readonly memory?: MemoryOptions
  readonly route?: "ffi" | "decoy"
  readonly reading?: Reading
  /** Bytes of a file `big`. */
  readonly big?: number
}

const { options, memory, route, reading, big } = JSON.parse(process.argv[2] as string) as Serving
const filesystem = memoryFilesystem(memory)
if (big !== undefined) filesystem.fill("big", Buffer.alloc(big, "0123456789abcdef"))

const program = Effect.gen(function* () {
  const chosen = route === "ffi" ? ffiRoute : route === "decoy" ? decoyRoute : yield* chooseRoute
  const mounted = yield* mountBy(chosen, filesystem, options, reading)
  process.on("SIGTERM", () => {
    Effect.runFork(
      Effect.match(mounted.unmount(), {
        onFailure: (error) => process.stdout.write(`${error.message}\n`),
        onSuccess: () => process.stdout.write("unmounted\n")
      })
    )
  })
  process.on("SIGUSR1", () => process.exit(7))
  process.stdout.write(`mounted by ${chosen.name}\n`)
  yield* Effect.forkChild(Effect.tap(filesystem.hanging, () => Effect.sync(() => process.stdout.write("hanging\n"))))
  yield* mounted.ended
  process.stdout.write("ended\n")
})

Effect.runFork(
  Effect.scoped(program).pipe(
    Effect.catch((error) =>
      Effect.sync(() => {
        process.stdout.write(`${error.message}\n`)
        process.exitCode = 1
      })
    )
  )
)
