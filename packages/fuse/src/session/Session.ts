/**
 * One mounted filesystem from INIT to the end: takes the kernel's requests, has them answered, and keeps those in flight.
 *
 * An answer that is at hand is written before the next request is read: no timer, nothing to remember. Only what has to
 * wait gets a deadline and can be interrupted.
 */
import { StorageError } from "@mooring/core"
import * as Cause from "effect/Cause"
import type * as Context from "effect/Context"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import type * as Fiber from "effect/Fiber"
import * as Result from "effect/Result"
import * as Stream from "effect/Stream"
import type { Channel, End } from "../Channel.ts"
import type { Filesystem } from "../Filesystem.ts"
import { Opcode } from "../protocol/constants.ts"
import { Errno, errnoOfCause } from "../protocol/errno.ts"
import { notificationOf } from "../protocol/notifications.ts"
import type { Presentation } from "../protocol/Presentation.ts"
import { Reply } from "../protocol/Reply.ts"
import type { Request } from "../protocol/Request.ts"
import { directoryOperations } from "./directories.ts"
import { fileOperations } from "./files.ts"
import { InFlight } from "./InFlight.ts"
import { initialize } from "./initialize.ts"
import { isDying } from "./isDying.ts"
import { nodeOperations } from "./nodes.ts"
import type { Operation, Operations } from "./Operation.ts"
import { refusalOf } from "./refused.ts"

/** How a session answers. Times are milliseconds. */
export interface SessionOptions {
  readonly presentation: Presentation
  /** Whether chmod and chown that change nothing succeed; else they fail with ENOTSUP. */
  readonly ignorePermissions: boolean
  /** After this long a call is interrupted and answered with ETIMEDOUT. */
  readonly deadline: number
  /** The same for flush, fsync, release and rename, which may move whole files. */
  readonly longDeadline: number
}

/** How many changes are told at once; one may wait for a request that takes its time. */
const tellers = 64

/** Ends that are none of anybody's fault: unmounted, or aborted by root or by the process going away. */
const quietEnds: ReadonlyArray<End> = [undefined, "ENODEV", "ECONNABORTED"]

const tooOld = StorageError.of("unsupported", "the kernel speaks an older FUSE than 7.28", {
  suggestion: "Linux 4.20 or newer"
})

export class Session {
  /** Done when the kernel and this session have agreed; fails if they cannot, or the mount ended before. */
  readonly ready = Deferred.makeUnsafe<void, StorageError>()
  /** Done when there will be no more requests; fails if that came otherwise than by an unmount. */
  readonly ended = Deferred.makeUnsafe<void, StorageError>()
  readonly #filesystem: Filesystem
  readonly #channel: Channel
  readonly #options: SessionOptions
  readonly #operations: Operations
  readonly #reply: Reply
  readonly #inFlight: InFlight
  readonly #fork: <A, E>(effect: Effect.Effect<A, E>) => Fiber.Fiber<A, E>

  /** `context` is what the effects of the filesystem run in; `dying` says whether a thread is being killed. */
  constructor(
    filesystem: Filesystem,
    channel: Channel,
    options: SessionOptions,
    context: Context.Context<never>,
    dying: (thread: number) => boolean = isDying
  ) {
    this.#filesystem = filesystem
    this.#channel = channel
    this.#options = options
    this.#inFlight = new InFlight(dying)
    this.#fork = Effect.runForkWith(context)
    this.#reply = new Reply(options.presentation)
    this.#operations = {
      ...nodeOperations(filesystem, options.presentation, options.ignorePermissions),
      ...fileOperations(filesystem),
      ...directoryOperations(filesystem)
    }
  }

  /** Starts to answer. */
  start(): void {
    this.#channel.listen(
      (request) => {
        if (Result.isFailure(Result.try(() => this.#receive(request)))) this.#complain()
      },
      (end) => this.#end(end)
    )
  }

  /** Interrupts what is in flight, and so has it answered. */
  stop(): void {
    this.#inFlight.interruptAll()
  }

  /**
   * Tells the kernel of changes. A notification about a node waits in the kernel for the requests about it, and the thread
   * that wrote it with it, beyond the reach of any signal: so it is not sent before those in flight are answered. ENOENT
   * says that the kernel had nothing of it cached.
   */
  get notifications(): Effect.Effect<void> {
    return this.#filesystem.changes.pipe(
      Stream.mapEffect(
        (change) =>
          Effect.andThen(
            this.#inFlight.idle(change.kind === "node" ? change.node : change.parent),
            this.#channel.notify(notificationOf(change))
          ),
        { concurrency: tellers, unordered: true }
      ),
      Stream.runDrain
    )
  }

  #receive(request: Request): void {
    const { opcode } = request
    const operation = this.#operations[opcode]
    if (operation !== undefined) this.#answer(operation, request)
    else if (opcode === Opcode.FORGET) this.#filesystem.forget(request.node, request.long(0))
    else if (opcode === Opcode.BATCH_FORGET) this.#forgetMany(request)
    else if (opcode === Opcode.INTERRUPT) this.#interrupt(request)
    else if (opcode === Opcode.INIT) this.#initialize(request)
    else if (opcode === Opcode.DESTROY) this.#send(request.unique, 0)
    else if (opcode !== Opcode.NOTIFY_REPLY) this.#send(request.unique, refusalOf(opcode))
  }

  #answer(operation: Operation, request: Request): void {
    const { unique, node } = request
    const started = Result.try(() => operation.call(request))
    if (Result.isFailure(started)) return this.#defect(unique)
    const fiber = this.#fork(started.success)
    const exit = fiber.pollUnsafe()
    if (exit !== undefined) return this.#finish(unique, operation, exit)
    if (operation.borrows === true) fiber.addObserver(request.hold())
    this.#wait(request, [node, operation.other?.(request) ?? node], operation, fiber)
  }

  #wait(
    { unique, thread }: Request,
    nodes: ReadonlyArray<number>,
    operation: Operation,
    fiber: Fiber.Fiber<unknown, StorageError>
  ): void {
    const deadline = operation.long === true ? this.#options.longDeadline : this.#options.deadline
    const timer = setTimeout(() => {
      if (this.#inFlight.take(unique)) this.#send(unique, Errno.ETIMEDOUT)
      fiber.interruptUnsafe()
    }, deadline)
    this.#inFlight.add(unique, { nodes, thread, interrupt: () => fiber.interruptUnsafe() })
    fiber.addObserver((exit) => {
      clearTimeout(timer)
      if (this.#inFlight.take(unique)) this.#finish(unique, operation, exit)
      else if (Exit.isSuccess(exit)) this.#undo(operation, exit.value)
    })
  }

  #finish(unique: number, operation: Operation, exit: Exit.Exit<unknown, StorageError>): void {
    if (Exit.isFailure(exit)) {
      if (Cause.hasDies(exit.cause)) this.#complain()
      return this.#send(unique, errnoOfCause(exit.cause))
    }
    const written = Result.try(() => operation.reply(this.#reply.clear(), exit.value))
    if (Result.isFailure(written)) return this.#defect(unique)
    const refusal = this.#write(unique, 0)
    if (refusal === undefined) return
    this.#undo(operation, exit.value)
    if (refusal === "EINVAL") this.#defect(unique)
  }

  /** An answer that the caller did not wait for is taken back; nobody is left to hear of an error. */
  #undo(operation: Operation, answer: unknown): void {
    if (operation.undo !== undefined) this.#fork(Effect.ignore(operation.undo(answer)))
  }

  #defect(unique: number): void {
    this.#send(unique, Errno.EIO)
    this.#complain()
  }

  #complain(): void {
    this.#fork(Effect.logError("a request of the kernel met a defect of the filesystem"))
  }

  #send(unique: number, errno: number): void {
    this.#reply.clear()
    this.#write(unique, errno)
  }

  #write(unique: number, errno: number): string | undefined {
    const reply = this.#reply
    reply.finish(unique, errno)
    return this.#channel.send(reply.bytes.subarray(0, reply.length), reply.payload)
  }

  #forgetMany(request: Request): void {
    const count = request.word(0)
    for (let index = 0; index < count; index++) {
      this.#filesystem.forget(request.long(2 + index * 4), request.long(4 + index * 4))
    }
  }

  /** What is not known may be on its way on another thread: EAGAIN has the kernel say it again. */
  #interrupt(request: Request): void {
    if (!this.#inFlight.signal(request.long(0))) this.#send(request.unique, Errno.EAGAIN)
  }

  #initialize(request: Request): void {
    const negotiation = initialize(request, this.#reply.clear())
    this.#write(request.unique, negotiation === "too old" ? Errno.EPROTO : 0)
    if (negotiation === "ready") Deferred.doneUnsafe(this.ready, Exit.void)
    if (negotiation === "too old") Deferred.doneUnsafe(this.ready, Exit.fail(tooOld))
  }

  #end(end: End): void {
    this.stop()
    const broken = StorageError.of("internal", "the connection to the kernel broke", { providerCode: end ?? "" })
    Deferred.doneUnsafe(this.ready, Exit.fail(StorageError.of("internal", "the mount ended before it began")))
    Deferred.doneUnsafe(this.ended, quietEnds.includes(end) ? Exit.void : Exit.fail(broken))
  }
}
