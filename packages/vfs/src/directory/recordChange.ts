/**
 * Remembers a change that listings may not show.
 */
import type { Engine } from "../Engine.ts"
import type { DirectoryNode } from "../Node.ts"
import type { Version } from "../reading/Version.ts"
import type { LocalChange } from "./LocalChange.ts"

/**
 * A name was stored or removed here. A store that shows changes at once tells the truth in the next listing: only one
 * that is on its way may not.
 */
export const recordChange = (
  { limits, sequence, now }: Engine,
  directory: DirectoryNode,
  name: string,
  kind: LocalChange["kind"],
  version: Version | undefined
): void => {
  directory.modified = now()
  if (limits.visibility === "immediate" && directory.listing === undefined) directory.changes.delete(name)
  else directory.changes.set(name, { kind, sequence: sequence.next(), time: now(), version })
}
