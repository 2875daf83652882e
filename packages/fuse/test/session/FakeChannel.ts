/**
 * A channel without a kernel: requests are given to it, and what was answered is kept.
 */
import * as Effect from "effect/Effect"
import type { Channel, End } from "../../src/Channel.ts"
import type { Filesystem } from "../../src/Filesystem.ts"
import type { Request } from "../../src/protocol/Request.ts"
import { Session, type SessionOptions } from "../../src/session/Session.ts"

/** One reply: what it names, its errno (positive), and the bytes behind the header. */
export interface Answered {
  readonly unique: number
  readonly errno: number
  readonly body: Buffer
}

const options: SessionOptions = {
  presentation: { uid: 1000, gid: 100, fileMode: 0o644, directoryMode: 0o755 },
  ignorePermissions: false,
  deadline: 60_000,
  longDeadline: 60_000
}

/** A session that has started, and both ends of its channel. */
export const fakeSession = (filesystem: Filesystem, changed: Partial<SessionOptions> = {}) => {
  const answers: Array<Answered> = []
  const notified: Array<Uint8Array> = []
  let refusal: string | undefined
  let receive: (request: Request) => void = () => {}
  const watchers = new Set<() => void>()
  let finish: (end: End) => void = () => {}
  const channel: Channel = {
    listen: (onRequest, onEnd) => {
      receive = onRequest
      finish = onEnd
    },
    send: (reply, payload) => {
      if (refusal !== undefined) return refusal
      const view = new DataView(reply.buffer, reply.byteOffset, reply.byteLength)
      const body = Buffer.concat([reply.subarray(16), payload ?? Buffer.alloc(0)])
      if (view.getUint32(0, true) !== 16 + body.length) return "EINVAL"
      answers.push({ unique: Number(view.getBigUint64(8, true)), errno: 0 - view.getInt32(4, true), body })
      for (const watcher of watchers) watcher()
      return undefined
    },
    notify: (notification) =>
      Effect.sync(() => {
        notified.push(notification)
        for (const watcher of watchers) watcher()
        return "ENOENT"
      }),
    close: () => {}
  }
  // Whoever sends an interruption here is being killed.
  const context = Effect.runSync(Effect.context<never>())
  const session = new Session(filesystem, channel, { ...options, ...changed }, context, () => true)
  session.start()
  return {
    session,
    answers,
    notified,
    /** Hands a request over; the answer, if it came at once. */
    ask: (request: Request): Answered | undefined => {
      const before = answers.length
      receive(request)
      if (!request.isHeld) request.bytes.fill(0xee)
      return answers.length === before ? undefined : answers.at(-1)
    },
    /** Waits until something holds, which is looked at whenever something was answered or notified. */
    until: (holds: () => boolean) =>
      Effect.callback<void>((resume) => {
        const watcher = () => {
          if (holds()) resume(Effect.void)
        }
        watchers.add(watcher)
        watcher()
      }),
    end: (end: End) => finish(end),
    /** From here on the kernel takes no reply. */
    refuse: (errno: string | undefined) => {
      refusal = errno
    }
  }
}
