/**
 * Files by name, in a folder and in a store, and what is compared of them.
 */
import type { ObjectStore, Path } from "@mooring/core"
import { bytesFromText, textFromBytes } from "@mooring/core/encoding/surrogateEscape"
import { list } from "@mooring/core/list"
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { createHash } from "node:crypto"
import { lstatSync, mkdirSync, readdirSync, readFileSync, utimesSync, writeFileSync } from "node:fs"
import { dirname } from "node:path"
import { nameOfPath, pathOfName } from "./names.ts"

/** A file to be made; `modified` is in microseconds since 1970. */
export interface TreeFile {
  readonly bytes: Uint8Array
  readonly modified: number
}

export type Tree = Readonly<Record<string, TreeFile>>

/** What is known of a file: `stated` is the MD5 that the store says, and `md5` that of the bytes that were read. */
export interface Facts {
  readonly size: number
  readonly md5: string
  readonly stated: string | undefined
  readonly modified: number
}

export type FactsByName = Readonly<Record<string, Facts>>

const md5Of = (bytes: Uint8Array): string => createHash("md5").update(bytes).digest("hex")

/** What must be known of a file wherever it is. */
export const factsOf = ({ bytes, modified }: TreeFile): Facts => {
  const md5 = md5Of(bytes)
  return { size: bytes.byteLength, md5, stated: md5, modified }
}

/** The same of all files. */
export const factsOfTree = (tree: Tree): FactsByName =>
  Object.fromEntries(Object.entries(tree).map(([name, file]) => [name, factsOf(file)]))

/** Before 1970, then, now, and in 2037: doubles of seconds, which is how Node sets times, hold microseconds till 2038. */
const times = [-1_500_001, 0, 1, 1_700_000_000_123_457, 2_145_916_799_999_999]

/** The names in the order of UTF-16. */
export const namesIn = (facts: FactsByName): ReadonlyArray<string> => Object.keys(facts).toSorted()

/** A tree of small files, no two with the same bytes or time. */
export const treeOf = (names: ReadonlyArray<string>): Tree =>
  Object.fromEntries(
    names.map((name, index) => [
      name,
      {
        bytes: bytesFromText(`${index} ${name}`),
        modified: (times[index % times.length] ?? 0) + index * 1_000_001
      }
    ])
  )

const place = (folder: string, name: string): Buffer => Buffer.from(bytesFromText(`${folder}/${name}`))

/** Makes the files below the folder. */
export const writeFolder = (folder: string, tree: Tree): void => {
  for (const [name, { bytes, modified }] of Object.entries(tree)) {
    mkdirSync(place(folder, dirname(name)), { recursive: true })
    writeFileSync(place(folder, name), bytes)
    // As text, since Node takes a negative number for now.
    utimesSync(place(folder, name), String(modified / 1e6), String(modified / 1e6))
  }
}

const microsOf = (nanoseconds: bigint): number =>
  Math.round(Number(nanoseconds / 1_000_000n) * 1000 + Number(nanoseconds % 1_000_000n) / 1000)

/** All files below the folder. */
export const readFolder = (folder: string, below = ""): FactsByName =>
  Object.fromEntries(
    readdirSync(place(folder, below), { encoding: "buffer" }).flatMap((leaf) => {
      const name = below + textFromBytes(leaf)
      const status = lstatSync(place(folder, name), { bigint: true })
      if (status.isDirectory()) return Object.entries(readFolder(folder, `${name}/`))
      const modified = microsOf(status.mtimeNs)
      return [[name, factsOf({ bytes: readFileSync(place(folder, name)), modified })]]
    })
  )

/** Writes the files below the path, with their MD5 as a user who knows it does. */
export const writeStore = (store: ObjectStore, below: Path, tree: Tree) =>
  Effect.forEach(
    Object.entries(tree),
    ([name, { bytes, modified }]) =>
      store.write([...below, ...pathOfName(name)], blocks(bytes), {
        modified: modified / 1000,
        size: bytes.byteLength,
        md5: md5Of(bytes)
      }),
    { concurrency: 8, discard: true }
  )

const factsAt = Effect.fnUntraced(function* (store: ObjectStore, path: Path) {
  const { info, body } = yield* store.read(path)
  const found = yield* store.stat(path)
  if (found.kind !== "object") return yield* Effect.die(new Error(`${path.join("/")} is a ${found.kind}`))
  const bytes = yield* Stream.mkUint8Array(body)
  return {
    ...factsOf({ bytes, modified: Math.round((found.modified ?? NaN) * 1000) }),
    size: info.size ?? NaN,
    stated: found.checksums?.md5
  } satisfies Facts
}, Effect.scoped)

/** All objects below the path. */
export const readStore = Effect.fnUntraced(function* (store: ObjectStore, below: Path) {
  const entries = yield* Stream.runCollect(list(store, below, { recursive: true }))
  const facts = yield* Effect.forEach(
    entries,
    ({ path }) => Effect.map(factsAt(store, path), (it) => [nameOfPath(path.slice(below.length)), it] as const),
    { concurrency: 8 }
  )
  return Object.fromEntries(facts) as FactsByName
})
