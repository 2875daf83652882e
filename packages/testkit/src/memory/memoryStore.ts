/**
 * Memory stores: the executable meaning of the object store's interface. Wiring only.
 */
import type { ObjectStore, OptionalMember } from "@mooring/core/ObjectStore"
import * as Effect from "effect/Effect"
import { copy, move } from "./copying.ts"
import { createContainer, createDirectory, moveDirectory, removeContainer, removeDirectory } from "./folders.ts"
import { makeLedger } from "./Ledger.ts"
import { listPage } from "./listing.ts"
import type { Memory } from "./Memory.ts"
import { initial } from "./MemoryState.ts"
import { openUpload, resumeUpload } from "./openUploads.ts"
import { setTier, usage, writeAt } from "./patching.ts"
import type { Personality } from "./Personality.ts"
import { presign, publicLink } from "./presigning.ts"
import { read, stat } from "./reading.ts"
import { abortUpload, listUploads } from "./uploads.ts"
import { removeVersion, versions } from "./versions.ts"
import { remove, removeMany, setModified, write } from "./writing.ts"

const optional: { readonly [Name in OptionalMember]: (memory: Memory) => NonNullable<ObjectStore[Name]> } = {
  copy,
  move,
  setModified,
  removeMany,
  versions,
  removeVersion,
  presign,
  publicLink,
  setTier,
  usage,
  writeAt,
  openUpload,
  resumeUpload,
  listUploads,
  abortUpload,
  createContainer,
  removeContainer,
  createDirectory,
  removeDirectory,
  moveDirectory
}

/** An empty store of this personality, with these containers where it has containers. Lives as long as the value. */
export const memoryStore = (personality: Personality, containers: ReadonlyArray<string> = ["box"]): ObjectStore => {
  const memory: Memory = { personality, ledger: makeLedger(initial(containers), personality.lag) }
  const members = personality.members.map((name) => [name, optional[name](memory)])
  return {
    ...(Object.fromEntries(members) as Partial<ObjectStore>),
    limits: personality.limits,
    check: Effect.void,
    stat: stat(memory),
    listPage: listPage(memory),
    read: read(memory),
    write: write(memory),
    remove: remove(memory)
  }
}
