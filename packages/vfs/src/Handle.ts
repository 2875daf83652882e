/**
 * An open file.
 */
import type { FileNode } from "./Node.ts"
import { makeWindow, type ReadWindow } from "./reading/ReadWindow.ts"
import type { Version } from "./reading/Version.ts"
import type { OpenOptions } from "./Vfs.ts"

/** One opening of a file. What it reads is `version`, or the draft of the file where there is one. */
export interface Handle {
  readonly id: number
  readonly node: FileNode
  readonly read: boolean
  readonly write: boolean
  readonly append: boolean
  /** What was at the provider when it was opened, or was stored from here since. */
  version: Version | undefined
  /** Whether bytes of `version` were handed out. */
  begun: boolean
  /** Whether what it read is not what the file is made of now. */
  stale: boolean
  /** How it is being read. */
  readonly window: ReadWindow
}

/** Opens the file; the node knows its handles. */
export const makeHandle = (id: number, node: FileNode, { read, write, append }: OpenOptions): Handle => {
  const handle: Handle = {
    id,
    node,
    read,
    write,
    append,
    version: node.version,
    begun: false,
    stale: false,
    window: makeWindow()
  }
  node.handles ??= new Set()
  node.handles.add(handle)
  return handle
}
