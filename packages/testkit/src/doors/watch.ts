/**
 * Watches what an effect opens: while it runs, the functions of Node that open sockets, files and processes note who
 * called them. Other work of the same process is told apart by its async context and not noted. Not seen is what a
 * CommonJS library took out of `fs` or `child_process` by name before, and what a worker thread does.
 */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import { AsyncLocalStorage } from "node:async_hooks"
import child_process from "node:child_process"
import dgram from "node:dgram"
import fs from "node:fs"
import { syncBuiltinESMExports } from "node:module"
import { Socket } from "node:net"
import { fileURLToPath } from "node:url"
import { openerBelow, packageOf } from "./opener.ts"
import type { Opening, OpeningKind } from "./Opening.ts"

type Callable = (this: unknown, ...given: Array<unknown>) => unknown
type Holder = Record<string, unknown>

/** The doors are in core: what its code opens came through them. */
const door = "@mooring/core"

const here = fileURLToPath(import.meta.url)

const watched = new AsyncLocalStorage<Array<Opening>>()

/** A path, and not the number of a file that is open. */
const namesFile = ([first]: ReadonlyArray<unknown>): boolean => typeof first !== "number"

const note = (kind: OpeningKind, call: string, callee: Callable) => {
  const openings = watched.getStore()
  if (openings === undefined) return
  // What is noted here opens files itself.
  watched.exit(() => {
    const { file, loads } = openerBelow(callee)
    // Node loads a module that is imported late, or goes on with what was noted when it was asked for.
    if (loads || file === here || (kind === "file" && file === undefined)) return
    if (file === undefined || packageOf(file) !== door) openings.push({ kind, call, opener: file })
  })
}

/** Functions that open, by what holds them. Names of classes begin with a capital letter. */
const holders: ReadonlyArray<readonly [OpeningKind, name: string, holder: object, names?: ReadonlyArray<string>]> = [
  ["socket", "net.Socket", Socket.prototype, ["connect"]],
  ["socket", "dgram", dgram, ["createSocket"]],
  ["file", "fs", fs],
  ["file", "fs.promises", fs.promises],
  ["process", "child_process", child_process]
]

const functionsOf = (holder: object): ReadonlyArray<string> =>
  Object.keys(holder).filter((name) => /^[a-z]/.test(name) && typeof (holder as Holder)[name] === "function")

const restores: Array<() => void> = []
let watchers = 0

const replace = (kind: OpeningKind, label: string, holder: Holder, name: string) => {
  const original = holder[name] as Callable
  const noting: Callable = function (...given) {
    if (kind !== "file" || namesFile(given)) note(kind, `${label}.${name}`, noting)
    return original.apply(this, given)
  }
  // `util.promisify` asks some of them for their own form.
  holder[name] = Object.defineProperties(noting, Object.getOwnPropertyDescriptors(original))
  restores.push(() => void (holder[name] = original))
}

const begin = Effect.sync(() => {
  watchers += 1
  if (watchers > 1) return
  for (const [kind, label, holder, names = functionsOf(holder)] of holders) {
    for (const name of names) replace(kind, label, holder as Holder, name)
  }
  syncBuiltinESMExports()
})

const end = Effect.sync(() => {
  watchers -= 1
  if (watchers > 0) return
  for (const restore of restores.splice(0)) restore()
  syncBuiltinESMExports()
})

/** Runs the effect and answers what its code opened by other means than core's doors; in the order of the calls. */
export const openedBy = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<ReadonlyArray<Opening>, E> =>
  Effect.acquireUseRelease(
    begin,
    () =>
      Effect.callback<ReadonlyArray<Opening>, E>((resume) => {
        const openings: Array<Opening> = []
        // A fiber of its own, so that all that it starts has its async context.
        const fiber = watched.run(openings, () => Effect.runFork(effect))
        fiber.addObserver((exit) => resume(Effect.as(exit, openings)))
        return Fiber.interrupt(fiber)
      }),
    () => end
  )
