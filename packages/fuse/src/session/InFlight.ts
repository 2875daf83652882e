/**
 * The requests that wait for an answer, and the nodes that the kernel holds locked meanwhile.
 */
import * as Effect from "effect/Effect"

/** One request that waits. */
export interface Waiting {
  /** Nodes whose locks or pages the kernel may hold until it is answered. */
  readonly nodes: ReadonlyArray<number>
  /** Who waits; 0 if that is not to be seen from here. */
  readonly thread: number
  /** Has the call interrupted. */
  readonly interrupt: () => void
  /** Looks whether the thread is being killed, once it had a signal. */
  watch?: NodeJS.Timeout
}

/** How often it looks, in milliseconds. */
const watchInterval = 100

export class InFlight {
  readonly #isDying: (thread: number) => boolean
  readonly #requests = new Map<number, Waiting>()
  readonly #watchers = new Set<() => void>()

  /** `isDying` says whether a thread is being killed. */
  constructor(isDying: (thread: number) => boolean) {
    this.#isDying = isDying
  }

  add(unique: number, waiting: Waiting): void {
    this.#requests.set(unique, waiting)
  }

  /** Takes a request out; false if it is not there, since it was taken before. */
  take(unique: number): boolean {
    clearInterval(this.#requests.get(unique)?.watch)
    const taken = this.#requests.delete(unique)
    for (const watcher of this.#watchers) watcher()
    return taken
  }

  /** Who waits has a signal: one that kills it, now or later, interrupts the call. False if it is not known. */
  signal(unique: number): boolean {
    const waiting = this.#requests.get(unique)
    if (waiting === undefined) return false
    const look = () => {
      if (this.#isDying(waiting.thread)) waiting.interrupt()
    }
    look()
    // The kernel says once that there are signals, and nothing of those that come later.
    waiting.watch ??= setInterval(look, watchInterval)
    return true
  }

  /** Interrupts all. */
  interruptAll(): void {
    for (const { interrupt } of this.#requests.values()) interrupt()
  }

  /** Waits until no request is about a node. */
  idle(node: number): Effect.Effect<void> {
    const isIdle = () => this.#requests.values().every(({ nodes }) => !nodes.includes(node))
    return Effect.callback((resume) => {
      const watcher = () => {
        if (isIdle() && this.#watchers.delete(watcher)) resume(Effect.void)
      }
      this.#watchers.add(watcher)
      watcher()
      return Effect.sync(() => this.#watchers.delete(watcher))
    })
  }
}
