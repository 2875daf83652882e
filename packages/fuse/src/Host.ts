/**
 * The adapter: the one file of this package that opens descriptors, reads the host's files and starts programs. It decides
 * nothing; errors are the names of an errno.
 */
import * as Effect from "effect/Effect"
import * as Predicate from "effect/Predicate"
import { spawn } from "node:child_process"
import * as fs from "node:fs"
import * as net from "node:net"
import { endianness } from "node:os"

/** What this process runs on and as. */
export const host = {
  platform: process.platform,
  littleEndian: endianness() === "LE",
  nodeVersion: process.versions.node,
  uid: process.geteuid?.() ?? 0,
  gid: process.getegid?.() ?? 0
} as const

const errnoName = (error: unknown): string =>
  Predicate.hasProperty(error, "code") && Predicate.isString(error.code) ? error.code : "EIO"

/** Opens a device for reading and writing; a number, or the name of an errno. */
export const openDevice = (path: string): number | string => {
  try {
    return fs.openSync(path, fs.constants.O_RDWR)
  } catch (error) {
    return errnoName(error)
  }
}

/** Closes a descriptor; one that is closed already is left alone. */
export const closeDescriptor = (descriptor: number): void => {
  try {
    fs.closeSync(descriptor)
  } catch {
    // closed already
  }
}

/** Writes at once, as one message, from one or two places. Gives the name of the errno if it was refused. */
export const writeNow = (descriptor: number, bytes: Uint8Array, more: Uint8Array | undefined): string | undefined => {
  try {
    if (more === undefined) fs.writeSync(descriptor, bytes)
    else fs.writevSync(descriptor, [bytes, more])
    return undefined
  } catch (error) {
    return errnoName(error)
  }
}

/** Writes on a thread of the pool, so that the caller's own thread never waits. It cannot be called off. */
export const writeAside = (descriptor: number, bytes: Uint8Array, done: (errno: string | undefined) => void): void =>
  fs.write(descriptor, bytes, (error) => done(error === null ? undefined : errnoName(error)))

/** The descriptors of this process that lead to a path. */
export const descriptorsOf = (path: string): ReadonlyArray<number> =>
  fs.readdirSync("/proc/self/fd").flatMap((name) => {
    try {
      return fs.readlinkSync(`/proc/self/fd/${name}`) === path ? [Number(name)] : []
    } catch {
      return []
    }
  })

/** libuv's pipe, which polls any descriptor that can be polled; node has no public name for it. */
interface PipeHandle {
  readonly open: (descriptor: number) => number
  close: (done?: () => void) => void
}

const pipeConstructor = (): (new (kind: number) => PipeHandle) | undefined => {
  const probe = new net.Socket().on("error", () => {})
  // The address is taken to be a path for its slash, and nothing is there.
  probe.connect({ path: "/dev/null/none" })
  const handle: unknown = Reflect.get(probe, "_handle")
  probe.destroy()
  const constructor = Predicate.isObject(handle) ? handle.constructor : undefined
  return Predicate.isFunction(constructor) && Predicate.hasProperty(constructor.prototype, "open")
    ? (constructor as unknown as new (kind: number) => PipeHandle)
    : undefined
}

/** What a reader calls: which buffer has a message, and once that there are no more. */
export interface Reader {
  /** Gives the buffer to read the next message into. */
  readonly onMessage: (buffer: Buffer) => Buffer
  readonly onEnd: (errno: string | undefined) => void
  /** Called before the descriptor is closed, which it is once `close` is called: its number may be another's at once. */
  readonly onClosing: (close: () => void) => void
}

/**
 * Reads messages in the event loop, by polling. Gives what stops it, or undefined where this Node has not what it takes.
 * The descriptor belongs to the reader from here on.
 */
export const readByPolling = (descriptor: number, first: Buffer, reader: Reader): (() => void) | undefined => {
  const Pipe = pipeConstructor()
  if (Pipe === undefined) return undefined
  const handle = new Pipe(0)
  if (handle.open(descriptor) !== 0) return undefined
  const close = handle.close.bind(handle)
  handle.close = (done) => reader.onClosing(() => close(done))
  let buffer = first
  const onread = {
    buffer: () => buffer,
    callback: () => {
      buffer = reader.onMessage(buffer)
      return true
    }
  }
  const socket = new net.Socket({
    handle,
    readable: true,
    writable: false,
    onread
  } as unknown as net.SocketConstructorOpts)
  let errno: string | undefined
  socket.on("error", (error) => (errno = errnoName(error))).on("close", () => reader.onEnd(errno))
  socket.resume()
  return () => socket.destroy()
}

const again = new Set(["ENOENT", "EINTR", "EAGAIN"])

/** Reads messages on threads of the pool, one for each buffer, each parked in its read. Gives what stops it. */
export const readByThreads = (descriptor: number, buffers: ReadonlyArray<Buffer>, reader: Reader): (() => void) => {
  let ended = false
  const end = (errno: string | undefined) => {
    if (!ended) reader.onEnd(errno)
    ended = true
  }
  const read = (buffer: Buffer): void =>
    fs.read(descriptor, buffer, 0, buffer.length, null, (error, length) => {
      if (error === null && length > 0) read(reader.onMessage(buffer))
      else if (error !== null && again.has(errnoName(error))) read(buffer)
      else end(error === null ? undefined : errnoName(error))
    })
  buffers.forEach(read)
  return () => reader.onClosing(() => closeDescriptor(descriptor))
}

/** How a program ended: its exit status, -1 if it could not be started or was killed, and what it complained of. */
export interface Ended {
  readonly status: number
  readonly errno: string | undefined
  readonly complaint: string
}

/** Where distributions keep mount, umount and fusermount3; not the caller's PATH, since root runs them. */
const environment = { PATH: "/usr/sbin:/usr/bin:/sbin:/bin:/run/wrappers/bin:/usr/local/bin", LC_ALL: "C" }
const longestComplaint = 4096

/** Runs a program to its end. `descriptors` are its descriptors from 3 on. Never from a folder that we might serve. */
export const run = (
  program: string,
  args: ReadonlyArray<string>,
  descriptors: ReadonlyArray<number> = [],
  variables: Readonly<Record<string, string>> = {}
): Effect.Effect<Ended> =>
  Effect.callback((resume) => {
    const child = spawn(program, args, {
      cwd: "/",
      env: { ...environment, ...variables },
      stdio: ["ignore", "ignore", "pipe", ...descriptors]
    })
    let complaint = ""
    child.stderr?.on("data", (text: Buffer) => {
      complaint = (complaint + text.toString()).slice(0, longestComplaint)
    })
    child.on("error", (error) => resume(Effect.succeed({ status: -1, errno: errnoName(error), complaint })))
    child.on("close", (status) => resume(Effect.succeed({ status: status ?? -1, errno: undefined, complaint })))
    return Effect.sync(() => child.kill("SIGKILL"))
  })

/** What to do when this process exits by itself; one listener for all mounts, since Node warns of many. */
const farewells = new Set<() => void>()
const sayFarewell = () => farewells.forEach((farewell) => farewell())

/** What a guard hears when it may leave. */
export const leaving = "done"

/**
 * Starts a program that outlives this process and learns of its end: by that of its input, or by a word when this process
 * exits by itself, since its threads may not end before the program has acted. Gives what tells it to leave, or undefined if
 * it could not be started.
 */
export const startGuard = (program: string, args: ReadonlyArray<string>): Effect.Effect<(() => void) | undefined> =>
  Effect.callback((resume) => {
    const child = spawn(program, args, {
      cwd: "/",
      env: environment,
      stdio: ["pipe", "ignore", "ignore"],
      detached: true
    })
    const warn = () => child.stdin.write("exit\n")
    child.stdin.on("error", () => {})
    child.on("error", () => resume(Effect.succeed(undefined)))
    child.on("spawn", () => {
      child.unref()
      Reflect.get(child.stdin, "unref")?.call(child.stdin)
      farewells.add(warn)
      process.off("exit", sayFarewell).on("exit", sayFarewell)
      const leave = () => {
        farewells.delete(warn)
        child.stdin.end(`${leaving}\n`)
      }
      resume(Effect.succeed(leave))
    })
  })

/** What a path is: the errno of stat(2), or whether it is a directory. On a thread, since the path may be a dead mount. */
export const statusOf = (path: string): Effect.Effect<"directory" | "other" | { readonly errno: string }> =>
  Effect.callback((resume) =>
    fs.stat(path, (error, stats) =>
      resume(
        Effect.succeed(error === null ? (stats.isDirectory() ? "directory" : "other") : { errno: errnoName(error) })
      )
    )
  )

/** The path without symbolic links, or undefined if it cannot be walked. */
export const realPath = (path: string): Effect.Effect<string | undefined> =>
  Effect.callback((resume) =>
    fs.realpath(path, (error, real) => resume(Effect.succeed(error === null ? real : undefined)))
  )

/** The text of a file of the kernel's; empty if it cannot be read. */
export const readText = (path: string): string => {
  try {
    return fs.readFileSync(path, "utf8")
  } catch {
    return ""
  }
}
