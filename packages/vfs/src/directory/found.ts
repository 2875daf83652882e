/**
 * What is told of a node. Pure.
 */
import type { Engine } from "../Engine.ts"
import type { Node } from "../Node.ts"
import type { Attributes, Found } from "../Vfs.ts"

/** Size and times: of the draft where there is one. */
export const attributesOf = (node: Node): Attributes => {
  const { id, kind } = node
  if (kind === "directory") return { node: id, kind, size: 0, modified: node.modified }
  const { draft, version } = node
  return {
    node: id,
    kind,
    size: draft?.size ?? version?.size ?? 0,
    modified: draft?.modified ?? version?.modified ?? 0
  }
}

/** The node, to be believed as long as its listing is, and no longer than the front end may. */
export const foundOf = ({ settings, now }: Engine, node: Node): Found => {
  const { parent } = node
  const seen = parent?.listedAt ?? parent?.looked.get(node.name)
  const left = parent === undefined || seen === undefined ? settings.kernelAge : seen + settings.directoryAge - now()
  const age = Math.max(0, Math.min(settings.kernelAge, left))
  return { attributes: attributesOf(node), nameAge: age, attributesAge: age }
}
