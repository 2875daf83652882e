/**
 * When bytes are needed here no more: they are stored, the provider shows them, and nobody writes on.
 */
import type { Engine } from "../Engine.ts"
import { hasWriter, type FileNode } from "../Node.ts"
import { discardDraft } from "./Draft.ts"

/** Gives up the draft of the file unless it is still needed. */
export const settleDraft = (engine: Engine, node: FileNode): void => {
  const { draft, parent } = node
  if (draft === undefined || draft.dirty || hasWriter(node) || parent === undefined) return
  const shownLate = engine.limits.visibility === "eventual" && parent.changes.has(node.name)
  if (shownLate) return
  discardDraft(engine, node)
  for (const handle of node.handles ?? []) handle.version = node.version
}
