/**
 * A channel over an open descriptor of `/dev/fuse`.
 */
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import type { Channel } from "./Channel.ts"
import { readByPolling, readByThreads, writeAside, writeNow, type Reader } from "./Host.ts"
import { requestSize } from "./protocol/constants.ts"
import { Request } from "./protocol/Request.ts"

/** How requests are read. */
export type Reading = "polling" | "threads"

/** Threads that are parked in a read; the pool has four, and notifications and the host's files need the rest. */
const parked = 2

/** Buffers that were held by calls are used again, but no more of them are kept than this. */
const mostSpare = 4

/**
 * One notification at a time, of all channels: while the kernel holds it up it holds a thread of the pool, and the answer
 * that the kernel waits for may need one.
 */
const turn = Semaphore.makeUnsafe(1)

/** The requests of a channel by the buffers that they are read into. */
const newRequests = () => {
  const views = new WeakMap<Buffer, Request>()
  const spare: Array<Buffer> = []
  const take = (): Buffer => {
    const used = spare.pop()
    if (used !== undefined) return used
    const buffer = Buffer.allocUnsafeSlow(requestSize)
    const released = () => {
      if (spare.length < mostSpare) spare.push(buffer)
    }
    views.set(buffer, new Request(buffer, released))
    return buffer
  }
  return { take, in: (buffer: Buffer) => views.get(buffer)! }
}

/**
 * Polls in the event loop, with libuv's pipe. Where a Node has none that can be opened on the device, two threads of the
 * pool are parked in reads instead: about 20 microseconds more for each request, fewer threads for everything else, and a
 * process that exits while mounted waits until its guard has aborted the connection. `reading` says which, to prove both.
 */
export const openChannel = (descriptor: number, reading: Reading = "polling"): Channel => {
  let stop: (() => void) | undefined
  // The number of a closed descriptor may be another file's: nothing is written to it, nor is it closed under a writer.
  let closing = false
  let writers = 0
  let close = () => {}
  const closeIfIdle = () => {
    if (closing && writers === 0) close()
  }
  return {
    listen: (onRequest, onEnd) => {
      const requests = newRequests()
      const reader: Reader = {
        onMessage: (buffer) => {
          const request = requests.in(buffer)
          onRequest(request)
          return request.isHeld ? requests.take() : buffer
        },
        onEnd,
        onClosing: (now) => {
          closing = true
          close = now
          closeIfIdle()
        }
      }
      const first = requests.take()
      if (reading === "polling") stop = readByPolling(descriptor, first, reader)
      stop ??= readByThreads(descriptor, [first, ...Array.from({ length: parked - 1 }, requests.take)], reader)
    },
    send: (reply, payload) => (closing ? "ENODEV" : writeNow(descriptor, reply, payload)),
    notify: (notification) =>
      turn.withPermit(
        Effect.callback((resume) => {
          if (closing) return resume(Effect.succeed("ENODEV"))
          writers += 1
          writeAside(descriptor, notification, (errno) => {
            writers -= 1
            closeIfIdle()
            resume(Effect.succeed(errno))
          })
        })
      ),
    close: () => stop?.()
  }
}
