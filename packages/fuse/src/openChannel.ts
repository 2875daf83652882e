/**
 * A channel over an open descriptor of `/dev/fuse`.
 */
import * as Effect from "effect/Effect"
import type { Channel } from "./Channel.ts"
import { readByPolling, readByThreads, writeAside, writeNow, type Reader } from "./Host.ts"
import { requestSize } from "./protocol/constants.ts"
import { Request } from "./protocol/Request.ts"

/** How requests are read. */
export type Reading = "polling" | "threads"

/** Threads that are parked in a read; the pool has four, and notifications and the host's files need the rest. */
const parked = 2

/** A Buffer of its own memory, aligned for words. */
const newBuffer = () => Buffer.allocUnsafeSlow(requestSize)

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
      const views = new Map<Buffer, Request>()
      const buffers = [newBuffer()]
      const reader: Reader = {
        onMessage: (buffer) => onRequest(views.get(buffer)!),
        onEnd,
        onClosing: (now) => {
          closing = true
          close = now
          closeIfIdle()
        }
      }
      const view = (buffer: Buffer) => views.set(buffer, new Request(buffer))
      buffers.forEach(view)
      if (reading === "polling") stop = readByPolling(descriptor, buffers[0]!, reader)
      if (stop !== undefined) return
      while (buffers.length < parked) buffers.push(newBuffer())
      buffers.forEach(view)
      stop = readByThreads(descriptor, buffers, reader)
    },
    send: (reply, payload) => (closing ? "ENODEV" : writeNow(descriptor, reply, payload)),
    notify: (notification) =>
      Effect.callback((resume) => {
        if (closing) return resume(Effect.succeed("ENODEV"))
        writers += 1
        writeAside(descriptor, notification, (errno) => {
          writers -= 1
          closeIfIdle()
          resume(Effect.succeed(errno))
        })
      }),
    close: () => stop?.()
  }
}
