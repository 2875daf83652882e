/**
 * A proxy on loopback that stands between a client and a real server, and breaks what it is told to break.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { connect, createServer, type AddressInfo, type Socket } from "node:net"
import { setTimeout as wait } from "node:timers/promises"
import type { Faults } from "../Suite.ts"
import type { Fault } from "./Fault.ts"
import { followMessages } from "./HttpProgress.ts"

/** A running proxy. */
export interface FaultProxy {
  /** Where clients connect: `127.0.0.1:port`. */
  readonly host: string
  readonly port: number
  /** Breaks this from now on, for connections that stand as well; undefined heals. */
  readonly set: (fault: Fault | undefined) => Effect.Effect<void>
  /** Connections with an unanswered request or an unfinished answer. */
  readonly busy: Effect.Effect<number>
  /** The same as the suites ask for it. */
  readonly faults: Faults
}

interface Conversation {
  readonly client: Socket
  readonly server: Socket
  readonly busy: () => boolean
  readonly apply: () => void
  /** Reads what has come on a connection that is held, for a closed one shows itself only to a reader. */
  readonly probe: () => void
}

const unavailable = (retryAfter = 0) =>
  `HTTP/1.1 503 Service Unavailable\r\nretry-after: ${retryAfter}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`

/** The head of an answer with another length. */
const withLength = (head: string, difference: number): string =>
  head.replace(
    /^(content-length:\s*)(\d+)/im,
    (_, name: string, length: string) => `${name}${Number(length) + difference}`
  )

const quiet = () => undefined

/** Milliseconds. */
const probeTime = 40

const converse = (
  client: Socket,
  target: { readonly host: string; readonly port: number },
  current: () => Fault | undefined,
  nextRequest: () => number
): Conversation => {
  const server = connect(target)
  let method = ""
  const requests = followMessages()
  const answers = followMessages(() => method === "HEAD")
  let waiting = false
  let number = 0
  let held: Array<Buffer> = []
  const end = () => {
    client.resetAndDestroy()
    server.resetAndDestroy()
  }
  client.on("error", quiet).on("close", () => server.destroy())
  server.on("error", quiet)

  client.on("data", (bytes: Buffer) => {
    const fault = current()
    if (fault?.kind === "refuse") return end()
    if (requests.complete()) {
      method = /^[A-Z]+/.exec(bytes.toString("latin1", 0, 8))?.[0] ?? ""
      number = nextRequest()
    }
    const seen = requests.take(bytes)
    waiting = true
    if (fault?.kind === "blackHole") {
      held.push(bytes)
      return
    }
    if (fault?.kind === "unavailable" && number % (fault.every ?? 1) === 0) {
      if (requests.complete()) client.end(unavailable(fault.retryAfter))
      return
    }
    if (fault?.kind === "reset" && fault.side === "request" && seen > fault.after) return end()
    if (!server.write(bytes)) client.pause()
  })
  server.on("drain", () => apply())

  const answer = async (bytes: Buffer): Promise<void> => {
    const fault = current()
    const seen = answers.take(bytes)
    if (answers.complete()) waiting = false
    if (fault?.kind === "reset" && fault.side === "answer" && seen > fault.after) return end()
    if (fault?.kind === "truncate" && seen > fault.after) {
      client.end(bytes.subarray(0, Math.max(0, bytes.length - (seen - fault.after))))
      server.destroy()
      return
    }
    if (fault?.kind === "latency") await wait(fault.delay)
    if (fault?.kind === "trickle") {
      for (const byte of bytes) {
        if (client.destroyed || current()?.kind !== "trickle") break
        client.write(Buffer.of(byte))
        await wait(fault.interval)
      }
      return
    }
    const sent =
      fault?.kind === "wrongLength"
        ? Buffer.from(withLength(bytes.toString("latin1"), fault.difference), "latin1")
        : bytes
    if (!client.write(sent)) server.pause()
  }
  // One block after the other, so that a delayed one is not overtaken.
  let previous = Promise.resolve()
  server.on("data", (bytes: Buffer) => {
    previous = previous.then(() => answer(bytes))
  })
  server.on("close", () => {
    previous = previous.then(() => void client.end())
  })
  client.on("drain", () => apply())

  const apply = () => {
    const fault = current()
    if (fault?.kind === "refuse") return end()
    if (fault?.kind === "blackHole") {
      client.pause()
      server.pause()
      return
    }
    for (const bytes of held) server.write(bytes)
    held = []
    client.resume()
    server.resume()
  }
  const probe = () => {
    client.resume()
    setTimeout(apply, probeTime / 2)
  }
  apply()
  return { client, server, busy: () => waiting && !client.destroyed, apply, probe }
}

/** A proxy before `target`, closed with the Scope. */
export const makeFaultProxy = (target: {
  readonly host: string
  readonly port: number
}): Effect.Effect<FaultProxy, never, Scope.Scope> =>
  Effect.gen(function* () {
    let fault: Fault | undefined
    let requests = 0
    const nextRequest = () => (requests += 1)
    const conversations = new Set<Conversation>()
    const listener = createServer((client) => {
      if (fault?.kind === "refuse") return void client.on("error", quiet).resetAndDestroy()
      const conversation = converse(client, target, () => fault, nextRequest)
      conversations.add(conversation)
      client.on("close", () => conversations.delete(conversation))
    })
    yield* Effect.acquireRelease(
      Effect.callback<void>((resume) => void listener.listen(0, "127.0.0.1", () => resume(Effect.void))),
      () =>
        Effect.callback<void>((resume) => {
          for (const { client, server } of conversations) {
            client.destroy()
            server.destroy()
          }
          listener.close(() => resume(Effect.void))
        })
    )
    const set = (next: Fault | undefined) =>
      Effect.sync(() => {
        fault = next
        for (const { apply } of conversations) apply()
      })
    const busy = Effect.gen(function* () {
      if (fault?.kind === "blackHole") {
        for (const { probe } of conversations) probe()
        yield* Effect.sleep(probeTime)
      }
      return [...conversations].filter((conversation) => conversation.busy()).length
    })
    return {
      host: "127.0.0.1",
      port: (listener.address() as AddressInfo).port,
      set,
      busy,
      faults: {
        cutDownload: (after) => set({ kind: "reset", after, side: "answer" }),
        cutUpload: (after) => set({ kind: "reset", after, side: "request" }),
        stall: set({ kind: "blackHole" }),
        refuse: set({ kind: "refuse" }),
        heal: set(undefined),
        busy
      }
    }
  })
