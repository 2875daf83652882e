/**
 * Receives a descriptor by node's own channel between processes, on a Node without `node:ffi`.
 *
 * libuv aborts the process when a descriptor arrives that it takes for a file, as it does the device. It looks at the first
 * of those that wait, though: so a decoy of a kind that it does not know, a directory, is sent ahead and never taken, and
 * the device waits behind it, open, where `/proc/self/fd` shows it. None of that is documented: a child tries it first,
 * with another device, and where the child dies there is a clear error instead.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Semaphore from "effect/Semaphore"
import { closeDescriptor, descriptorsOf, host, run } from "../Host.ts"
import type { Inbox } from "./helperRoute.ts"

/** What of node's inside is used, by the names that it has there. */
interface Pipe {
  readonly open: (descriptor: number) => number
  readonly writeUtf8String: (request: WriteWrap, text: string, carried: Pipe) => number
}
interface WriteWrap {
  oncomplete: () => void
  handle: Pipe
}
interface Insides {
  readonly binding: (name: string) => {
    readonly Pipe: new (kind: number) => Pipe
    readonly WriteWrap: new () => WriteWrap
  }
}

/** The end that a sender gets, and a call back once so many messages have come, the decoy's among them. */
interface Channel {
  readonly peer: number
  readonly after: (messages: number, then: () => void) => void
  /** Sends a descriptor, as the child's trial does. */
  readonly send: (descriptor: number) => void
  /** Keeps the process alive no longer. */
  readonly rest: () => void
}

/**
 * Opens the channel with the decoy in it. Whole by itself, with nothing from outside it: its text is what the child runs.
 * What it opens stays open for the life of the process: libuv would close the device with it, perhaps for the second time.
 */
const openChannel = (then: (channel: Channel) => void): void => {
  const net = process.getBuiltinModule("node:net")
  const fs = process.getBuiltinModule("node:fs")
  const { randomUUID } = process.getBuiltinModule("node:crypto")
  const { binding } = process as unknown as Insides
  const { Pipe } = binding("pipe_wrap")
  const { WriteWrap } = binding("stream_wrap")
  const betweenProcesses = 2
  const address = `\0mooring-${randomUUID()}`
  let messages = 0
  const waiting = new Set<() => void>()
  const server = net.createServer({ pauseOnConnect: true }).listen(address, () => {
    const receiver = new net.Socket({ handle: new Pipe(betweenProcesses), manualStart: true } as never)
    receiver
      .on("error", () => {})
      .on("data", (data: Buffer) => {
        messages += data.length
        for (const check of waiting) check()
      })
    server.once("connection", (accepted) => {
      server.close()
      const peer: number = (accepted as unknown as { readonly _handle: { readonly fd: number } })._handle.fd
      const sender = new Pipe(betweenProcesses)
      sender.open(peer)
      const send = (descriptor: number) => {
        const carried = new Pipe(0)
        carried.open(descriptor)
        const request = new WriteWrap()
        request.oncomplete = () => {}
        request.handle = sender
        sender.writeUtf8String(request, "d", carried)
      }
      send(fs.openSync("/", fs.constants.O_RDONLY | fs.constants.O_DIRECTORY))
      const after = (count: number, arrived: () => void) => {
        const check = () => {
          if (messages >= count && waiting.delete(check)) arrived()
        }
        waiting.add(check)
        check()
      }
      Reflect.set(globalThis, Symbol.for(address), [receiver, accepted, sender])
      const rest = () => {
        receiver.unref()
        accepted.unref()
      }
      after(1, () => then({ peer, after, send, rest }))
    })
    receiver.connect(address, () => receiver.resume())
  })
}

/** What the child runs: receives a descriptor that libuv takes for a file as well, and finds it. */
const trial = (open: typeof openChannel): void =>
  open(({ after, send }) => {
    const fs = process.getBuiltinModule("node:fs")
    const count = () =>
      fs.readdirSync("/proc/self/fd").filter((name) => {
        try {
          return fs.readlinkSync(`/proc/self/fd/${name}`) === "/dev/zero"
        } catch {
          return false
        }
      }).length
    send(fs.openSync("/dev/zero", "r"))
    after(2, () => process.exit(count() === 2 ? 0 : 1))
  })

const unsupported = StorageError.of(
  "unsupported",
  `Node ${host.nodeVersion} cannot receive the descriptor of a mount without root`,
  { suggestion: "Node 26.1 or newer, which has node:ffi, or mount as root" }
)

/** Whether it works on this Node, asked of a child that may die of it. */
const tried: Effect.Effect<void, StorageError> = Effect.suspend(() =>
  Effect.flatMap(
    run(process.execPath, ["--no-warnings", "-e", `(${trial.toString()})(${openChannel.toString()})`]),
    ({ status }) => (status === 0 ? Effect.void : Effect.fail(unsupported))
  )
).pipe(Effect.timeoutOrElse({ duration: 20_000, orElse: () => Effect.fail(unsupported) }))

const device = "/dev/fuse"
/** One at a time: the device that came is the one that was not there before. */
const turn = Semaphore.makeUnsafe(1)

/** Opens the channel, after a child has tried. */
export const decoyInbox: Effect.Effect<Inbox, StorageError> = Effect.gen(function* () {
  yield* tried
  yield* turn.take(1)
  const channel = yield* Effect.callback<Channel>((resume) => openChannel((opened) => resume(Effect.succeed(opened))))
  const before = new Set(descriptorsOf(device))
  return {
    peer: channel.peer,
    receive: Effect.callback<number | undefined>((resume) =>
      channel.after(2, () => {
        const [came, ...more] = descriptorsOf(device).filter((descriptor) => !before.has(descriptor))
        more.forEach(closeDescriptor)
        resume(Effect.succeed(came))
      })
    ),
    close: Effect.andThen(Effect.sync(channel.rest), Effect.asVoid(turn.release(1)))
  }
})
