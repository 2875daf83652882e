/**
 * A filesystem in memory that keeps every promise of the interface, and a few names under which it misbehaves on demand.
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import * as Deferred from "effect/Deferred"
import * as Effect from "effect/Effect"
import * as Queue from "effect/Queue"
import * as Stream from "effect/Stream"
import type { Change, Filesystem, Found, OpenOptions } from "../src/Filesystem.ts"

interface Node {
  readonly node: number
  readonly children: Map<string, Node> | undefined
  bytes: Uint8Array
  size: number
  modified: number
  lookups: number
}

/** What a test sees of the filesystem and does to it past the kernel. */
export interface MemoryFilesystem extends Filesystem {
  /** How many look-ups of a node the kernel has not forgotten. */
  readonly lookups: (node: number) => number | undefined
  readonly openHandles: () => number
  /** What was called, in order. */
  readonly calls: Array<string>
  /** Replaces the bytes of a file as if they had changed at the provider, and tells the kernel. */
  readonly replace: (name: string, text: string) => Effect.Effect<void>
  readonly announce: (change: Change) => Effect.Effect<void>
  /** Interruptions that arrived at calls that hang. */
  readonly interrupted: () => number
  /** Done when the first handle was released, which the kernel does after the last close has returned. */
  readonly released: Effect.Effect<void>
  /** Done when a call hangs. */
  readonly hanging: Effect.Effect<void>
  readonly fill: (name: string, bytes: Uint8Array) => void
}

const fail = (code: ErrorCode) => Effect.fail(StorageError.of(code, "as the test wants it"))

/** The event loop goes round in between, so that the next requests are read before the answer to this one. */
const twoTurns = Effect.callback<void>((resume) => {
  setImmediate(() => setImmediate(() => resume(Effect.void)))
})

/** How long the kernel may believe what it is told. */
export interface MemoryOptions {
  readonly age?: number
  readonly keepCache?: boolean
  readonly direct?: boolean
  /** Does not keep the bytes of writes. */
  readonly transientWrites?: boolean
  /** Answers two turns of the event loop later, as a store does. */
  readonly asynchronous?: boolean
}

export const memoryFilesystem = (options: MemoryOptions = {}): MemoryFilesystem => {
  const { age = 0, keepCache = false, direct = false, asynchronous = false, transientWrites = false } = options
  const nodes = new Map<number, Node>()
  const open = new Map<number, { readonly node: Node; readonly append: boolean }>()
  const directories = new Map<number, ReadonlyArray<readonly [string, Node]>>()
  const calls: Array<string> = []
  const changes = Effect.runSync(Queue.unbounded<Change>())
  const hanging = Deferred.makeUnsafe<void>()
  const released = Deferred.makeUnsafe<void>()
  let interrupted = 0
  let lastNode = 0
  let lastHandle = 0

  const make = (directory: boolean): Node => {
    lastNode += 1
    const node: Node = {
      node: lastNode,
      children: directory ? new Map() : undefined,
      bytes: new Uint8Array(0),
      size: 0,
      modified: Date.now(),
      lookups: 0
    }
    nodes.set(lastNode, node)
    return node
  }
  const root = make(true)

  const found = ({ node, children, size, modified }: Node): Found => ({
    attributes: { node, kind: children === undefined ? "file" : "directory", size, modified },
    nameAge: age,
    attributesAge: age
  })
  const settle = <A, E>(effect: Effect.Effect<A, E>): Effect.Effect<A, E> =>
    asynchronous ? Effect.andThen(twoTurns, effect) : effect
  const answer = <A>(compute: () => A | Effect.Effect<A, StorageError>): Effect.Effect<A, StorageError> =>
    settle(
      Effect.suspend(() => {
        const value = compute()
        return Effect.isEffect(value) ? (value as Effect.Effect<A, StorageError>) : Effect.succeed(value)
      })
    )
  const childrenOf = (node: number) => nodes.get(node)?.children ?? new Map<string, Node>()
  const known = (node: Node): Found => {
    node.lookups += 1
    return found(node)
  }
  const resize = (node: Node, size: number) => {
    if (size > node.bytes.length) {
      const grown = new Uint8Array(Math.max(size, node.bytes.length * 2))
      grown.set(node.bytes.subarray(0, node.size))
      node.bytes = grown
    } else if (size < node.size) node.bytes.fill(0, size, node.size)
    node.size = size
    node.modified = Date.now()
  }
  const openFile = (node: Node, { append, truncate }: OpenOptions) => {
    if (truncate) resize(node, 0)
    lastHandle += 1
    open.set(lastHandle, { node, append })
    return { handle: lastHandle, keepCache, direct }
  }
  const hang = Effect.onInterrupt(Effect.andThen(Deferred.succeed(hanging, undefined), Effect.never), () =>
    Effect.sync(() => {
      interrupted += 1
    })
  )

  const lookup = (parent: number, name: string) =>
    name === "hang"
      ? hang
      : answer(() => {
          const child = childrenOf(parent).get(name)
          if (name === "defect") throw new Error("SECRET")
          if (name.startsWith("fail-")) return fail(name.slice(5) as ErrorCode)
          return child === undefined ? fail("not_found") : known(child)
        })
  const remove = (parent: number, name: string, directory: boolean) =>
    answer<void>(() => {
      const child = childrenOf(parent).get(name)
      if (child === undefined) return fail("not_found")
      if (directory && child.children === undefined) return fail("not_a_directory")
      if (!directory && child.children !== undefined) return fail("is_a_directory")
      if ((child.children?.size ?? 0) > 0) return fail("not_empty")
      childrenOf(parent).delete(name)
      return undefined
    })

  return {
    transientWrites,
    calls,
    lookups: (node) => nodes.get(node)?.lookups,
    openHandles: () => open.size,
    interrupted: () => interrupted,
    hanging: Deferred.await(hanging),
    released: Deferred.await(released),
    announce: (change) => Effect.asVoid(Queue.offer(changes, change)),
    replace: (name, text) =>
      Effect.suspend(() => {
        const node = root.children!.get(name)!
        resize(node, 0)
        const bytes = new TextEncoder().encode(text)
        resize(node, bytes.length)
        node.bytes.set(bytes)
        return Effect.asVoid(Queue.offer(changes, { kind: "node", node: node.node }))
      }),
    fill: (name, bytes) => {
      const node = make(false)
      node.bytes = bytes
      node.size = bytes.length
      root.children!.set(name, node)
    },
    lookup,
    remember: (node) => {
      nodes.get(node)!.lookups += 1
    },
    forget: (node, count) => {
      const entry = nodes.get(node)
      if (entry !== undefined) entry.lookups -= count
    },
    attributes: (node) => answer(() => found(nodes.get(node)!)),
    setAttributes: (node, { size, modified }) =>
      answer(() => {
        const entry = nodes.get(node)!
        if (size !== undefined) resize(entry, size)
        if (modified !== undefined) entry.modified = modified === "now" ? Date.now() : modified
        return found(entry)
      }),
    makeDirectory: (parent, name) =>
      name === "hang-directory"
        ? hang
        : answer(() => {
            if (childrenOf(parent).has(name)) return fail("already_exists")
            const node = make(true)
            childrenOf(parent).set(name, node)
            return known(node)
          }),
    create: (parent, name, how) =>
      answer(() => {
        const existing = childrenOf(parent).get(name)
        if (existing !== undefined && how.exclusive) return fail("already_exists")
        const node = existing ?? make(false)
        childrenOf(parent).set(name, node)
        return { ...known(node), ...openFile(node, how) }
      }),
    unlink: (parent, name) => remove(parent, name, false),
    removeDirectory: (parent, name) => remove(parent, name, true),
    rename: (from, to, { replace }) =>
      answer<void>(() => {
        const node = childrenOf(from.parent).get(from.name)
        const target = childrenOf(to.parent).get(to.name)
        if (node === undefined) return fail("not_found")
        if (to.name === "elsewhere") return fail("cross_device")
        if (target !== undefined && !replace) return fail("already_exists")
        if ((target?.children?.size ?? 0) > 0) return fail("not_empty")
        childrenOf(from.parent).delete(from.name)
        childrenOf(to.parent).set(to.name, node)
        return undefined
      }),
    open: (node, how) => answer(() => openFile(nodes.get(node)!, how)),
    read: (handle, offset, size) =>
      answer(() => {
        const { node } = open.get(handle)!
        return node.bytes.subarray(Math.min(offset, node.size), Math.min(offset + size, node.size))
      }),
    write: (handle, offset, bytes) =>
      answer<void>(() => {
        const { node, append } = open.get(handle)!
        const start = append ? node.size : offset
        resize(node, Math.max(node.size, start + bytes.length))
        node.bytes.set(bytes, start)
        return undefined
      }),
    flush: (handle) => {
      calls.push(`flush ${handle}`)
      return Effect.void
    },
    fsync: (handle) => {
      calls.push(`fsync ${handle}`)
      return Effect.void
    },
    release: (handle) => {
      calls.push(`release ${handle}`)
      open.delete(handle)
      return Effect.asVoid(Deferred.succeed(released, undefined))
    },
    openDirectory: (node) =>
      answer(() => {
        lastHandle += 1
        directories.set(lastHandle, [...childrenOf(node)])
        return lastHandle
      }),
    readDirectory: (handle, offset, count) =>
      answer(() =>
        directories
          .get(handle)!
          .slice(offset, offset + count)
          .map(([name, node]) => ({ name, ...found(node) }))
      ),
    releaseDirectory: (handle) =>
      answer<void>(() => {
        directories.delete(handle)
        return undefined
      }),
    usage: () => ({ total: 2 ** 40, free: 2 ** 39 }),
    changes: Stream.fromQueue(changes)
  }
}
