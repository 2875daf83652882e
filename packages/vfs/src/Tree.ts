/**
 * All nodes by their number, and how many names are kept.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { isOpen, makeDirectoryNode, makeFile, type DirectoryNode, type FileNode, type Node } from "./Node.ts"
import type { Version } from "./reading/Version.ts"
import type { Change } from "./Vfs.ts"

/** The nodes. */
export interface Tree {
  readonly root: DirectoryNode
  readonly get: (id: number) => Node | undefined
  /** The node; `not_found` if it is gone. */
  readonly node: (id: number) => Effect.Effect<Node, StorageError>
  /** The node, which must be a directory. */
  readonly directory: (id: number) => Effect.Effect<DirectoryNode, StorageError>
  /** The directory, which must not have been removed: something is about to be made in it. */
  readonly place: (id: number) => Effect.Effect<DirectoryNode, StorageError>
  /** The node, which must be a file. */
  readonly file: (id: number) => Effect.Effect<FileNode, StorageError>
  readonly addFile: (parent: DirectoryNode, name: string, version: Version | undefined) => FileNode
  readonly addDirectory: (parent: DirectoryNode, name: string, modified: number) => DirectoryNode
  /** Takes the node from its directory, with all that is below it. It is forgotten once nobody holds it. */
  readonly detach: (node: Node) => void
  /** Puts a node under another name. */
  readonly move: (node: Node, parent: DirectoryNode, name: string) => void
  /** Forgets the node if nobody holds it and it is in no listing. */
  readonly settle: (node: Node) => void
  /** The directory has a new listing. */
  readonly touch: (directory: DirectoryNode) => void
  /** Gives up listings until there are few enough names: the oldest first, but one that was used since is spared once. */
  readonly trim: (except: DirectoryNode) => void
  /** Files whose drafts are not stored. */
  readonly dirty: Set<FileNode>
}

/**
 * Whether somebody needs the node beside the listing that it is in. Who reads the directory may hand it on, and a listing
 * that is on its way may not show what was made here since it was asked for.
 */
const isHeld = (node: Node): boolean =>
  node.lookups > 0 ||
  (node.parent?.opens ?? 0) > 0 ||
  node.parent?.listing !== undefined ||
  node.parent?.changes.has(node.name) === true ||
  node.parent?.changing.includes(node.name) === true ||
  isOpen(node) ||
  (node.kind === "file"
    ? node.draft !== undefined
    : node.kept ||
      node.children.size > 0 ||
      node.listing !== undefined ||
      node.changes.size > 0 ||
      node.changing.length > 0)

/** A tree with a root. */
export const makeTree = (budget: number, now: number, emit: (change: Change) => void): Tree => {
  const root = makeDirectoryNode(1, undefined, "", now)
  root.kept = true
  const nodes = new Map<number, Node>([[1, root]])
  /** Directories with a listing. */
  const listed = new Set<DirectoryNode>()
  const dirty = new Set<FileNode>()
  let last = 1
  let moves = 0

  const add = <A extends Node>(node: A, parent: DirectoryNode): A => {
    nodes.set(node.id, node)
    parent.children.set(node.name, node)
    return node
  }
  const forget = (node: Node): void => {
    nodes.delete(node.id)
    if (node.kind === "directory") listed.delete(node)
  }
  const settle = (node: Node): void => {
    if (node === root || isHeld(node)) return
    const { parent } = node
    if (parent === undefined) forget(node)
    else if (parent.listedAt === undefined) {
      if (parent.children.get(node.name) === node) {
        parent.children.delete(node.name)
        parent.looked.delete(node.name)
      }
      node.parent = undefined
      forget(node)
      settle(parent)
    }
  }
  const detach = (node: Node): void => {
    const { parent } = node
    if (parent?.children.get(node.name) === node) parent.children.delete(node.name)
    node.parent = undefined
    if (node.kind === "directory") {
      node.kept = false
      node.changes.clear()
      for (const child of node.children.values()) detach(child)
    }
    settle(node)
  }
  const giveUp = (directory: DirectoryNode): void => {
    listed.delete(directory)
    directory.listedAt = undefined
    for (const child of directory.children.values()) {
      // The front end lets go of a name that it is told has changed.
      if (child.lookups > 0) emit({ kind: "name", parent: directory.id, name: child.name })
      settle(child)
    }
  }

  const directoryOf = (id: number): Effect.Effect<DirectoryNode, StorageError> => {
    const node = nodes.get(id)
    if (node === undefined) return Effect.fail(StorageError.of("not_found", "the directory is gone"))
    return node.kind === "directory"
      ? Effect.succeed(node)
      : Effect.fail(StorageError.of("not_a_directory", "this is a file"))
  }

  return {
    root,
    dirty,
    get: (id) => nodes.get(id),
    node: (id) => {
      const node = nodes.get(id)
      return node === undefined ? Effect.fail(StorageError.of("not_found", "it is gone")) : Effect.succeed(node)
    },
    directory: directoryOf,
    place: (id) =>
      Effect.flatMap(directoryOf(id), (node) =>
        node.leaving || (node.parent === undefined && node !== root)
          ? Effect.fail(StorageError.of("not_found", "the directory was removed"))
          : Effect.succeed(node)
      ),
    file: (id) => {
      const node = nodes.get(id)
      if (node === undefined) return Effect.fail(StorageError.of("not_found", "the file is gone"))
      return node.kind === "file"
        ? Effect.succeed(node)
        : Effect.fail(StorageError.of("is_a_directory", "this is a directory"))
    },
    addFile: (parent, name, version) => add(makeFile((last += 1), parent, name, version), parent),
    addDirectory: (parent, name, modified) => add(makeDirectoryNode((last += 1), parent, name, modified), parent),
    detach,
    move: (node, parent, name) => {
      if (node.parent?.children.get(node.name) === node) node.parent.children.delete(node.name)
      // A listing may have shown the new name before the caller had its answer.
      const other = parent.children.get(name)
      if (other !== undefined && other !== node) detach(other)
      node.parent = parent
      node.name = name
      node.moveNumber = moves += 1
      parent.children.set(name, node)
    },
    settle,
    touch: (directory) => {
      listed.delete(directory)
      listed.add(directory)
    },
    trim: (except) => {
      for (const directory of listed) {
        if (nodes.size <= budget) return
        if (directory === except) continue
        if (directory.used) {
          directory.used = false
          listed.delete(directory)
          listed.add(directory)
        } else giveUp(directory)
      }
    }
  }
}
