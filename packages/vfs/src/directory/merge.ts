/**
 * Takes a listing into a directory. What was changed here after the listing was asked for is kept, and on a store that
 * shows changes late, what was changed here is kept until the listing shows it.
 */
import type { Entry } from "@mooring/core"
import type { Engine } from "../Engine.ts"
import { hasWriter, isOpen, type DirectoryNode, type FileNode, type Node } from "../Node.ts"
import { isVisible } from "../names.ts"
import { isVersion, versionOf } from "../reading/Version.ts"
import type { LocalChange } from "./LocalChange.ts"
import { discardDraft } from "../writing/Draft.ts"
import { settleDraft } from "../writing/settle.ts"

/** Name to what is shown of it: a directory before an object of the same name. Counts what is not shown. */
const shown = (entries: ReadonlyArray<Entry>) => {
  const names = new Map<string, Entry>()
  let hidden = 0
  for (const entry of entries) {
    const name = entry.path.at(-1) ?? ""
    const other = names.get(name)
    if (!isVisible(name) || (other !== undefined && entry.kind === "object")) hidden += 1
    else {
      if (other !== undefined) hidden += 1
      names.set(name, entry)
    }
  }
  return { names, hidden }
}

/** Whether the listing shows what was changed here, or what came after it. */
const confirms = ({ kind, version, superseded }: LocalChange, entry: Entry | undefined): boolean => {
  if (entry === undefined) return kind === "absent"
  if (entry.kind !== "object") return kind === "present" && version === undefined
  if (version !== undefined) return isVersion(version, entry)
  return !superseded.some((state) => isVersion(state, entry))
}

/** Whether our change of the name counts more than the listing; a change that counts no more is forgotten. */
const prevails = (
  { limits, settings, now }: Engine,
  directory: DirectoryNode,
  name: string,
  entry: Entry | undefined,
  started: number
): boolean => {
  if (directory.changing.includes(name)) return true
  const change = directory.changes.get(name)
  if (change === undefined) return false
  if (change.sequence > started) return true
  const late = limits.visibility === "eventual" && now() - change.time < settings.settleAge
  if (late && !confirms(change, entry)) return true
  directory.changes.delete(name)
  return false
}

/** Takes what is told of a file. */
const update = (engine: Engine, file: FileNode, entry: Extract<Entry, { kind: "object" }>): void => {
  const { version } = file
  if (version !== undefined && isVersion(version, entry)) {
    version.size ??= entry.size
    version.told = entry.modified ?? version.told
    if (!version.overridden && entry.modified !== undefined) version.modified = entry.modified
    settleDraft(engine, file)
    return
  }
  file.version = versionOf(entry, engine.now())
  if (version !== undefined && !isOpen(file)) engine.blocks.drop(version)
  if (file.lookups > 0) engine.emit({ kind: "node", node: file.id })
  settleDraft(engine, file)
}

/**
 * Whether a name that is listed no more stays: something in it is not stored, or somebody may still write to it and must
 * be told, or something is just being changed in it.
 */
export const stays = (node: Node): boolean =>
  node.kind === "file"
    ? node.draft?.dirty === true || hasWriter(node)
    : node.kept || node.changing.length > 0 || node.children.values().some(stays)

/** Takes one thing that is listed into the directory. */
export const mergeEntry = (engine: Engine, directory: DirectoryNode, name: string, entry: Entry): void => {
  const known = directory.children.get(name)
  // Something else stands there now: what is not stored stays until its writer is told.
  if (known !== undefined && (known.kind === "file") !== (entry.kind === "object") && stays(known)) return
  if (entry.kind === "object") {
    if (known?.kind === "file") return update(engine, known, entry)
    if (known !== undefined) remove(engine, directory, known)
    engine.tree.addFile(directory, name, versionOf(entry, engine.now()))
  } else {
    if (known?.kind === "directory") {
      known.modified = entry.modified ?? known.modified
      return
    }
    if (known !== undefined) remove(engine, directory, known)
    engine.tree.addDirectory(directory, name, entry.modified ?? engine.now())
  }
  if (known !== undefined || directory.listedAt !== undefined) {
    engine.emit({ kind: "name", parent: directory.id, name })
  }
}

/** Gives up what is kept for files that are gone, as far as nobody has them open. */
export const discardBelow = (engine: Engine, node: Node): void => {
  if (node.kind === "directory") for (const child of node.children.values()) discardBelow(engine, child)
  else if (!isOpen(node)) discardDraft(engine, node)
}

const remove = (engine: Engine, directory: DirectoryNode, node: Node): void => {
  const { name } = node
  discardBelow(engine, node)
  engine.tree.detach(node)
  if (node.lookups > 0) engine.emit({ kind: "name", parent: directory.id, name })
}

/** Takes the whole listing, which was asked for at `started`. */
export const merge = (
  engine: Engine,
  directory: DirectoryNode,
  entries: ReadonlyArray<Entry>,
  started: number
): void => {
  const { names, hidden } = shown(entries)
  directory.hidden = hidden
  for (const [name, node] of directory.children) {
    if (names.has(name) || prevails(engine, directory, name, undefined, started) || stays(node)) continue
    remove(engine, directory, node)
  }
  for (const [name, entry] of names) {
    if (!prevails(engine, directory, name, entry, started)) mergeEntry(engine, directory, name, entry)
  }
  for (const name of directory.changes.keys()) {
    if (!names.has(name) && !directory.children.has(name)) prevails(engine, directory, name, undefined, started)
  }
}
