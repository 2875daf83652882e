/**
 * One kind of request that a filesystem answers, as data: how it is asked, how the answer is written, and how it is taken
 * back where the kernel does not want it any more.
 */
import type { StorageError } from "@mooring/core"
import type * as Effect from "effect/Effect"
import type { Reply } from "../protocol/Reply.ts"
import type { Request } from "../protocol/Request.ts"

/** `A` is what the filesystem answers. Methods, so that operations of all answers fit in one table. */
export interface Operation<A = unknown> {
  /** Takes what it needs of the request before it returns: the request is gone afterwards, unless the operation borrows. */
  call(request: Request): Effect.Effect<A, StorageError>
  /** The second node that it is about, where there is one. */
  other?(request: Request): number
  /** Writes the answer behind the header. */
  reply(reply: Reply, answer: A): void
  /** Undoes an answer that never arrived, since the caller was gone when it was given. */
  undo?(answer: A): Effect.Effect<unknown, unknown>
  /** Whether the call uses the bytes of the request until it ends. */
  readonly borrows?: boolean
  /** Whether it may take as long as moving a whole file does. */
  readonly long?: boolean
}

/** Opcode to operation. */
export type Operations = Readonly<Record<number, Operation>>

/** An answer that is nothing but success. */
export const nothing = (): void => {}
