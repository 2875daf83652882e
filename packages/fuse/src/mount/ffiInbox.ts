/**
 * Receives a descriptor with the C library, by `node:ffi` (experimental, Node 26.1 and newer): a pair of sockets, and one
 * recvmsg(2).
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Inbox } from "./helperRoute.ts"

interface Library {
  readonly functions: {
    readonly socketpair: (domain: number, type: number, protocol: number, pair: bigint) => number
    readonly recvmsg: (socket: number, message: bigint, flags: number) => bigint
    readonly close: (descriptor: number) => number
  }
}

interface Ffi {
  readonly dlopen: (name: string, functions: Readonly<Record<string, unknown>>) => Library
  readonly getRawPointer: (memory: ArrayBufferLike) => bigint
}

/** Linux on x64 and arm64. */
const [unixDomain, stream, closeOnExec, dontWait, receivedCloseOnExec] = [1, 1, 0o2000000, 0x40, 0x40000000] as const
const [levelSocket, typeRights] = [1, 1] as const
/** `struct cmsghdr` on 64 bits: length, level, type, then the descriptors. */
const header = { level: 8, type: 12, descriptor: 16, size: 64 } as const

/** The module, or undefined where this Node has none or is told not to have it. */
const load = (): Ffi | undefined =>
  (process as { readonly getBuiltinModule?: (id: string) => unknown }).getBuiltinModule?.("node:ffi") as Ffi | undefined

/** Whether this Node has it. */
export const hasFfi = (): boolean => load() !== undefined

const libraries = ["libc.so.6", "libc.musl-x86_64.so.1", "libc.musl-aarch64.so.1"]

const signatures = {
  socketpair: { arguments: ["i32", "i32", "i32", "pointer"], return: "i32" },
  recvmsg: { arguments: ["i32", "pointer", "i32"], return: "i64" },
  close: { arguments: ["i32"], return: "i32" }
}

const openLibrary = (ffi: Ffi) =>
  Effect.firstSuccessOf(libraries.map((name) => Effect.try(() => ffi.dlopen(name, signatures)))).pipe(
    Effect.mapError(() => StorageError.of("unsupported", "node:ffi found no C library on this machine"))
  )

/** `struct msghdr` with room for one byte and one descriptor. Returns the descriptor that came with it. */
const receive = (ffi: Ffi, { functions }: Library, socket: number): number | undefined => {
  const data = new ArrayBuffer(8)
  const control = new ArrayBuffer(header.size)
  const vector = new BigUint64Array([ffi.getRawPointer(data), BigInt(data.byteLength)])
  const message = new BigUint64Array(7)
  message[2] = ffi.getRawPointer(vector.buffer)
  message[3] = 1n
  message[4] = ffi.getRawPointer(control)
  message[5] = BigInt(control.byteLength)
  const length = functions.recvmsg(socket, ffi.getRawPointer(message.buffer), dontWait | receivedCloseOnExec)
  const view = new DataView(control)
  const came =
    length > 0n &&
    message[5] >= BigInt(header.descriptor) + 4n &&
    view.getInt32(header.level, true) === levelSocket &&
    view.getInt32(header.type, true) === typeRights
  return came ? view.getInt32(header.descriptor, true) : undefined
}

/** Opens a pair of sockets. */
export const ffiInbox: Effect.Effect<Inbox, StorageError> = Effect.gen(function* () {
  const ffi = load()
  if (ffi === undefined) return yield* StorageError.of("unsupported", "this Node has no node:ffi")
  const library = yield* openLibrary(ffi)
  const pair = new Int32Array(new ArrayBuffer(8))
  if (library.functions.socketpair(unixDomain, stream | closeOnExec, 0, ffi.getRawPointer(pair.buffer)) !== 0) {
    return yield* StorageError.of("internal", "no pair of sockets could be opened")
  }
  const [own, peer] = pair as unknown as readonly [number, number]
  return {
    peer,
    receive: Effect.sync(() => receive(ffi, library, own)),
    close: Effect.sync(() => [own, peer].forEach((descriptor) => library.functions.close(descriptor)))
  }
})
