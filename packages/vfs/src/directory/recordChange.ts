/**
 * Remembers a change that listings may not show.
 */
import type { Engine } from "../Engine.ts"
import type { DirectoryNode } from "../Node.ts"
import type { Version } from "../reading/Version.ts"
import type { LocalChange } from "./LocalChange.ts"

/** How many earlier states of one name are remembered. */
const remembered = 16

const record = (
  { limits, sequence, now }: Engine,
  directory: DirectoryNode,
  name: string,
  kind: LocalChange["kind"],
  version: Version | undefined,
  before: Version | undefined
): void => {
  directory.modified = now()
  if (limits.visibility === "immediate" && directory.listing === undefined && directory.asking === 0) {
    directory.changes.delete(name)
    return
  }
  const known = directory.changes.get(name)
  const earlier = [known?.version, before].filter((state) => state !== undefined && state !== version)
  const superseded = [...(known?.superseded ?? []), ...earlier.map((state): Version => ({ ...state! }))]
  directory.changes.set(name, {
    kind,
    sequence: sequence.next(),
    time: now(),
    version,
    superseded: superseded.slice(-remembered)
  })
}

/**
 * A name was stored here, in place of `before`; `version` is undefined for a directory, and for a file that is not stored
 * yet. A store that shows changes at once tells the truth in the next listing: only one that is on its way may not.
 */
export const recordPresent = (
  engine: Engine,
  directory: DirectoryNode,
  name: string,
  version?: Version,
  before?: Version
): void => record(engine, directory, name, "present", version, before)

/** A name was removed here; `before` is what was there. */
export const recordAbsent = (engine: Engine, directory: DirectoryNode, name: string, before?: Version): void =>
  record(engine, directory, name, "absent", undefined, before)
