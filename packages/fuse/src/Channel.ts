/**
 * The way between the kernel and a session: requests in, replies and notifications out.
 */
import type * as Effect from "effect/Effect"
import type { Request } from "./protocol/Request.ts"

/** Why a channel has ended: the name of an errno, or nothing where the kernel simply ended it. */
export type End = string | undefined

/** One open descriptor of the device. A reply that the kernel does not take is told by the name of its errno. */
export interface Channel {
  /** Hands over each request, which is valid until the call returns, and says once that there will be no more. */
  readonly listen: (onRequest: (request: Request) => void, onEnd: (end: End) => void) => void
  /** Writes one reply at once, from one or two places. */
  readonly send: (reply: Uint8Array, payload: Uint8Array | undefined) => string | undefined
  /**
   * Writes a notification on another thread. The kernel may hold it up until requests in flight are answered, so the
   * thread that answers them must not wait for it.
   */
  readonly notify: (notification: Uint8Array) => Effect.Effect<string | undefined>
  /** Lets go of the descriptor, which ends the filesystem if it is still mounted. */
  readonly close: () => void
}
