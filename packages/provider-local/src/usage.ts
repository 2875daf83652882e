/**
 * What is used and left in the file system of the root.
 */
import type { ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { contained } from "./containment.ts"
import { attempt } from "./fileSystem.ts"
import type { LocalSettings } from "./normalize.ts"

/** `free` is what this user may still write; blocks kept for the system's own are neither used nor free. */
export const usage = ({ root }: LocalSettings): NonNullable<ObjectStore["usage"]> =>
  Effect.fnUntraced(function* (path) {
    const file = yield* contained(root, path)
    const { bsize, blocks, bfree, bavail } = yield* attempt(() => fs.statfs(file))
    return { total: blocks * bsize, used: (blocks - bfree) * bsize, free: bavail * bsize }
  })
