/**
 * Mistakes with names: each rewrites a path on its way and reports the path that was asked for.
 */
import type { ObjectStore } from "@mooring/core/ObjectStore"
import type { Path } from "@mooring/core/Path"
import * as Effect from "effect/Effect"
import type { Defect } from "./Defect.ts"

const rewritten =
  (rewrite: (path: Path) => Path) =>
  (store: ObjectStore): ObjectStore => ({
    ...store,
    stat: (path) => Effect.map(store.stat(rewrite(path)), (entry) => ({ ...entry, path })),
    read: (path, options) =>
      Effect.map(store.read(rewrite(path), options), ({ info, body }) => ({ info: { ...info, path }, body })),
    write: (path, body, options) =>
      Effect.map(store.write(rewrite(path), body, options), (info) => ({ ...info, path })),
    remove: (path) => store.remove(rewrite(path))
  })

const segments = (change: (segment: string) => string) => rewritten((path) => path.map(change))

const collapse = (path: Path): Path => {
  const kept: Array<string> = []
  for (const segment of path) {
    if (segment === "..") kept.pop()
    else if (segment !== ".") kept.push(segment)
  }
  return kept
}

/** What can go wrong between a path and a key. */
export const naming: ReadonlyArray<Defect> = [
  { name: "dot segments are collapsed", damage: rewritten(collapse), fails: ["paths"] },
  {
    name: "empty segments are dropped",
    damage: rewritten((path) => path.filter((text) => text !== "")),
    fails: ["paths"]
  },
  {
    name: "names are folded to lower case",
    damage: segments((text) => text.toLowerCase()),
    fails: ["list", "paths", "copy", "presign"]
  },
  { name: "names are normalised to NFC", damage: segments((text) => text.normalize("NFC")), fails: ["paths"] },
  {
    name: "trailing dots and spaces are cut",
    damage: segments((text) => text.replace(/[. ]+$/, "")),
    fails: ["paths"]
  },
  {
    name: "a plus is a space",
    damage: segments((text) => text.replaceAll("+", " ")),
    fails: ["paths", "copy", "presign"]
  },
  {
    name: "a query is cut off",
    damage: segments((text) => text.replace(/\?.*$/s, "")),
    fails: ["paths", "copy", "presign"]
  }
]
