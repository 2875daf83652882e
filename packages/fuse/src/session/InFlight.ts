/**
 * The requests that wait for an answer, and the nodes that the kernel holds locked meanwhile.
 */
import * as Effect from "effect/Effect"

/** One request that waits. */
export interface Waiting {
  /** Nodes whose locks or pages the kernel may hold until it is answered. */
  readonly nodes: ReadonlyArray<number>
  /** Has the call interrupted. */
  readonly interrupt: () => void
}

export class InFlight {
  readonly #requests = new Map<number, Waiting>()
  readonly #watchers = new Set<() => void>()

  add(unique: number, waiting: Waiting): void {
    this.#requests.set(unique, waiting)
  }

  /** Takes a request out; false if it is not there, since it was taken before. */
  take(unique: number): boolean {
    const taken = this.#requests.delete(unique)
    for (const watcher of this.#watchers) watcher()
    return taken
  }

  /** Interrupts one; false if it is not known. */
  interrupt(unique: number): boolean {
    const waiting = this.#requests.get(unique)
    waiting?.interrupt()
    return waiting !== undefined
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
