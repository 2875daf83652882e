/**
 * When bytes are needed here no more: they are stored, the provider shows them, and nobody writes on; or their writer was
 * told that they could not be stored.
 */
import type { Engine } from "../Engine.ts"
import { hasWriter, type FileNode } from "../Node.ts"
import { discardDraft, type Draft } from "./Draft.ts"

/** How many files of the cache folder stay because the provider shows changes late: each takes a descriptor. */
const waitingFiles = 256

/** Whoever read the draft goes on with what it was made of, if with anything, also where something else is there now. */
const leaveDraft = (engine: Engine, node: FileNode, draft: Draft): void => {
  discardDraft(engine, node)
  for (const handle of node.handles ?? []) handle.version = draft.base ?? node.version
}

/** Gives up the draft of the file unless it is still needed. */
export const settleDraft = (engine: Engine, node: FileNode): void => {
  const { draft, parent } = node
  if (draft === undefined || draft.dirty || draft.pinned || hasWriter(node) || parent === undefined) return
  const shownLate = engine.limits.visibility === "eventual" && parent.changes.has(node.name)
  if (shownLate && (draft.spill === undefined || engine.folder.files() <= waitingFiles)) return
  leaveDraft(engine, node, draft)
  if (draft.base === node.version) return
  node.cached = undefined
  engine.emit({ kind: "node", node: node.id })
}

/** Gives up what could not be stored, after its writer was told: the file is again what is at the provider. */
export const giveUp = (engine: Engine, node: FileNode): void => {
  const { draft, parent, name } = node
  if (draft !== undefined) leaveDraft(engine, node, draft)
  engine.emit({ kind: "node", node: node.id })
  if (node.version !== undefined || parent === undefined) return
  engine.tree.detach(node)
  engine.emit({ kind: "name", parent: parent.id, name })
}
