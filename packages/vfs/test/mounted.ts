/**
 * A filesystem over a store, driven by paths as programs do: each call looks its path up, name by name.
 */
import { memoryStore, flat, type Personality } from "@mooring/testkit/memory"
import { bytesOf } from "@mooring/testkit"
import type { ObjectStore, StorageError } from "@mooring/core"
import { Path } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as fs from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { makeVfs, type Found, type OpenOptions, type Vfs, type VfsOptions } from "../src/index.ts"

/** An empty folder of this machine that goes with the Scope. */
export const temporaryFolder = Effect.acquireRelease(
  Effect.promise(() => fs.mkdtemp(join(tmpdir(), "mooring-vfs-"))),
  (folder) => Effect.promise(() => fs.rm(folder, { recursive: true, force: true }))
)

/** Ways to open a file. */
export const modes = {
  r: { read: true, write: false, append: false, truncate: false },
  "r+": { read: true, write: true, append: false, truncate: false },
  a: { read: true, write: true, append: true, truncate: false },
  w: { read: true, write: true, append: false, truncate: true }
} satisfies Readonly<Record<string, OpenOptions>>

/** The filesystem, and how often each node was looked up, as a kernel counts. */
const counting = (inner: Vfs) => {
  const lookups = new Map<number, number>()
  const count = <A extends Found>(effect: Effect.Effect<A, StorageError>) =>
    Effect.tap(effect, ({ attributes: { node } }) =>
      Effect.sync(() => void lookups.set(node, (lookups.get(node) ?? 0) + 1))
    )
  const vfs: Vfs = {
    ...inner,
    lookup: (parent, name) => count(inner.lookup(parent, name)),
    create: (parent, name, options) => count(inner.create(parent, name, options)),
    makeDirectory: (parent, name) => count(inner.makeDirectory(parent, name))
  }
  const forgetAll = Effect.sync(() => {
    for (const [node, times] of lookups) inner.forget(node, times)
    lookups.clear()
  })
  return { vfs, forgetAll }
}

/** A filesystem, and what programs do with it. */
export const driver = (inner: Vfs) => {
  const { vfs, forgetAll } = counting(inner)
  const locate = Effect.fnUntraced(function* (path: string) {
    let node = 1
    for (const name of path.split("/").filter((part) => part !== "")) {
      node = (yield* vfs.lookup(node, name)).attributes.node
    }
    return node
  })
  const place = Effect.fnUntraced(function* (path: string) {
    const names = path.split("/").filter((part) => part !== "")
    return { parent: yield* locate(names.slice(0, -1).join("/")), name: names.at(-1) ?? "" }
  })
  const open = Effect.fnUntraced(function* (path: string, mode: keyof typeof modes, create = false) {
    const { parent, name } = yield* place(path)
    if (create) return yield* vfs.create(parent, name, { ...modes[mode], exclusive: false })
    return yield* vfs.open(yield* locate(path), modes[mode])
  })
  const close = (handle: number) =>
    Effect.flatMap(Effect.result(vfs.flush(handle)), (flushed) =>
      Effect.andThen(vfs.release(handle), Effect.fromResult(flushed))
    )
  const readAll = Effect.fnUntraced(function* (handle: number, size = 128 * 1024) {
    const parts: Array<Uint8Array> = []
    let offset = 0
    for (;;) {
      const part = yield* vfs.read(handle, offset, size)
      if (part.byteLength === 0) return new Uint8Array(Buffer.concat(parts))
      parts.push(Uint8Array.from(part))
      offset += part.byteLength
    }
  })
  return {
    vfs,
    forgetAll,
    locate,
    place,
    open,
    close,
    readAll,
    stat: (path: string) => Effect.map(Effect.flatMap(locate(path), vfs.attributes), ({ attributes }) => attributes),
    read: Effect.fnUntraced(function* (path: string) {
      const { handle } = yield* open(path, "r")
      const bytes = yield* Effect.ensuring(readAll(handle), Effect.ignore(vfs.release(handle)))
      return Buffer.from(bytes).toString("latin1")
    }),
    write: Effect.fnUntraced(function* (path: string, content: string | Uint8Array, mode: keyof typeof modes = "w") {
      const bytes = typeof content === "string" ? bytesOf(content) : content
      const { handle } = yield* open(path, mode, true)
      for (let offset = 0; offset < bytes.byteLength; offset += 1024 * 1024) {
        yield* vfs.write(handle, offset, bytes.subarray(offset, offset + 1024 * 1024))
      }
      yield* close(handle)
    }),
    list: Effect.fnUntraced(function* (path: string) {
      const handle = yield* vfs.openDirectory(yield* locate(path))
      const entries = yield* vfs.readDirectory(handle, 0, 100_000)
      yield* vfs.releaseDirectory(handle)
      return entries.map(({ name, attributes }) => (attributes.kind === "file" ? name : `${name}/`)).toSorted()
    }),
    unlink: (path: string) => Effect.flatMap(place(path), ({ parent, name }) => vfs.unlink(parent, name)),
    mkdir: (path: string) => Effect.flatMap(place(path), ({ parent, name }) => vfs.makeDirectory(parent, name)),
    rmdir: (path: string) => Effect.flatMap(place(path), ({ parent, name }) => vfs.removeDirectory(parent, name)),
    rename: (from: string, to: string, replace = true) =>
      Effect.flatMap(place(from), (source) =>
        Effect.flatMap(place(to), (target) => vfs.rename(source, target, { replace }))
      ),
    setAttributes: (path: string, changes: { readonly size?: number; readonly modified?: number }) =>
      Effect.flatMap(locate(path), (node) => vfs.setAttributes(node, changes))
  }
}

/** What `driver` makes. */
export type Driver = ReturnType<typeof driver>

/** Where the tests of a personality are: below a container where there are containers. */
export const rootOf = ({ limits }: Pick<ObjectStore, "limits">): Path => (limits.containers ? ["box"] : [])

/** A filesystem over this store in a fresh cache folder. */
export const mount = Effect.fnUntraced(function* (store: ObjectStore, options: Partial<VfsOptions> = {}) {
  const cacheFolder = options.cacheFolder ?? (yield* temporaryFolder)
  return driver(yield* makeVfs(store, { root: rootOf(store), ...options, cacheFolder }))
})

/** A filesystem over an empty memory store, and the store. */
export const mounted = Effect.fnUntraced(function* (
  personality: Personality = flat,
  options: Partial<VfsOptions> = {}
) {
  const store = memoryStore(personality)
  return { store, ...(yield* mount(store, options)) }
})

/** What the provider has at a path below the root of the tests. */
export const stored = (store: ObjectStore, path: string) =>
  Effect.scoped(
    Effect.flatMap(store.read([...rootOf(store), ...Path.of(path)]), ({ body }) =>
      Effect.map(Stream.runCollect(body), (parts) => Buffer.concat(parts).toString("latin1"))
    )
  )

/** Stores an object past the filesystem. */
export const put = (store: ObjectStore, path: string, content: string | Uint8Array) =>
  store.write(
    [...rootOf(store), ...Path.of(path)],
    Stream.succeed(typeof content === "string" ? bytesOf(content) : content)
  )

/** The code of the error that an effect fails with; `ok` if it does not. */
export const codeOf = <A, R>(effect: Effect.Effect<A, StorageError, R>) =>
  Effect.map(Effect.result(effect), (result) => (result._tag === "Failure" ? result.failure.reason._tag : "ok"))

/** The bytes as text. */
export const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()
