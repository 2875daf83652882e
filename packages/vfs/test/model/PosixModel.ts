/**
 * What POSIX says of files and directories, in memory, as far as a filesystem here promises it. Its answers are those of
 * `driver`: a value, or the code of an error.
 */

/** An inode. */
export type ModelNode = ModelFile | ModelDirectory

interface ModelFile {
  readonly kind: "file"
  bytes: Buffer
  /** In how many directories it is: 0 or 1. */
  linked: boolean
  /** Whether something is not stored. */
  dirty: boolean
  /** Whether the provider has it. */
  stored: boolean
}

interface ModelDirectory {
  readonly kind: "directory"
  readonly children: Map<string, ModelNode>
}

interface ModelHandle {
  readonly file: ModelFile
  readonly write: boolean
  readonly append: boolean
}

/** A value or an error code. */
export type Answer = string

/** What tells one store from another, for a program. */
export interface ModelRules {
  /** Whether a stored file can be renamed. */
  readonly renames: boolean
  /** Whether a directory of stored files can be renamed. */
  readonly renamesDirectories: boolean
}

const ok = "ok"

/** Bytes as text that can be compared and read. */
export const shown = (bytes: Uint8Array): string => Buffer.from(bytes).toString("latin1")

class Refused extends Error {
  readonly code: string
  constructor(code: string) {
    super(code)
    this.code = code
  }
}

const refuse = (code: string): never => {
  throw new Refused(code)
}

/** The model; one method for each step. */
export class PosixModel {
  readonly rules: ModelRules
  readonly root: ModelDirectory = { kind: "directory", children: new Map() }
  readonly handles = new Map<number, ModelHandle>()

  constructor(rules: ModelRules) {
    this.rules = rules
  }

  /** The answer of a method, or the code that it refuses with. */
  answer(run: () => Answer): Answer {
    try {
      return run()
    } catch (error) {
      if (error instanceof Refused) return error.code
      throw error
    }
  }

  find(path: ReadonlyArray<string>): ModelNode {
    let node: ModelNode = this.root
    for (const name of path) {
      if (node.kind === "file") return refuse("not_a_directory")
      const next: ModelNode | undefined = node.children.get(name)
      if (next === undefined) return refuse("not_found")
      node = next
    }
    return node
  }

  private parentOf(path: ReadonlyArray<string>): ModelDirectory {
    const parent = this.find(path.slice(0, -1))
    return parent.kind === "directory" ? parent : refuse("not_a_directory")
  }

  private writers(file: ModelFile): boolean {
    return [...this.handles.values()].some((handle) => handle.file === file && handle.write)
  }

  private commit(file: ModelFile): void {
    if (!file.linked || !file.dirty) return
    file.dirty = false
    file.stored = true
  }

  open(slot: number, path: ReadonlyArray<string>, mode: "r" | "r+" | "a" | "w", create: boolean): Answer {
    const parent = this.parentOf(path)
    const name = path.at(-1)!
    let node = parent.children.get(name)
    if (node === undefined) {
      if (!create) return refuse("not_found")
      node = { kind: "file", bytes: Buffer.alloc(0), linked: true, dirty: true, stored: false }
      parent.children.set(name, node)
      this.handles.set(slot, { file: node, write: true, append: mode === "a" })
      return ok
    }
    if (node.kind === "directory") return refuse("is_a_directory")
    this.handles.set(slot, { file: node, write: mode !== "r", append: mode === "a" })
    if (mode === "w" && node.bytes.byteLength > 0) {
      node.bytes = Buffer.alloc(0)
      node.dirty = true
    }
    return ok
  }

  write(slot: number, offset: number, bytes: Uint8Array): Answer {
    const { file, write, append } = this.handles.get(slot)!
    if (!write) return refuse("permission_denied")
    if (bytes.byteLength === 0) return ok
    const start = append ? file.bytes.byteLength : offset
    const longer = Buffer.alloc(Math.max(file.bytes.byteLength, start + bytes.byteLength))
    file.bytes.copy(longer)
    longer.set(bytes, start)
    file.bytes = longer
    file.dirty = true
    return ok
  }

  read(slot: number, offset: number, size: number): Answer {
    return shown(this.handles.get(slot)!.file.bytes.subarray(offset, offset + size))
  }

  flush(slot: number): Answer {
    const { file, write } = this.handles.get(slot)!
    if (write) this.commit(file)
    return ok
  }

  close(slot: number): Answer {
    this.flush(slot)
    this.handles.delete(slot)
    return ok
  }

  truncate(file: ModelNode, size: number): Answer {
    if (file.kind === "directory") return refuse("is_a_directory")
    if (size !== file.bytes.byteLength) {
      const cut = Buffer.alloc(size)
      file.bytes.copy(cut)
      file.bytes = cut
      file.dirty = true
    }
    if (!this.writers(file)) this.commit(file)
    return ok
  }

  stat(path: ReadonlyArray<string>): Answer {
    const node = this.find(path)
    return node.kind === "file" ? `file ${node.bytes.byteLength}` : "directory"
  }

  list(path: ReadonlyArray<string>): Answer {
    const node = this.find(path)
    if (node.kind === "file") return refuse("not_a_directory")
    return [...node.children]
      .map(([name, child]) => (child.kind === "file" ? name : `${name}/`))
      .toSorted()
      .join()
  }

  readFile(path: ReadonlyArray<string>): Answer {
    const node = this.find(path)
    return node.kind === "file" ? shown(node.bytes) : refuse("is_a_directory")
  }

  unlink(path: ReadonlyArray<string>): Answer {
    const parent = this.parentOf(path)
    const node = parent.children.get(path.at(-1)!)
    if (node === undefined) return refuse("not_found")
    if (node.kind === "directory") return refuse("is_a_directory")
    parent.children.delete(path.at(-1)!)
    node.linked = false
    return ok
  }

  mkdir(path: ReadonlyArray<string>): Answer {
    const parent = this.parentOf(path)
    if (parent.children.has(path.at(-1)!)) return refuse("already_exists")
    parent.children.set(path.at(-1)!, { kind: "directory", children: new Map() })
    return ok
  }

  rmdir(path: ReadonlyArray<string>): Answer {
    const parent = this.parentOf(path)
    const node = parent.children.get(path.at(-1)!)
    if (node === undefined) return refuse("not_found")
    if (node.kind === "file") return refuse("not_a_directory")
    if (node.children.size > 0) return refuse("not_empty")
    parent.children.delete(path.at(-1)!)
    return ok
  }

  rename(from: ReadonlyArray<string>, to: ReadonlyArray<string>): Answer {
    // Both parents are looked up before either is used, as the kernel does.
    this.find(from.slice(0, -1))
    this.find(to.slice(0, -1))
    const source = this.parentOf(from)
    const target = this.parentOf(to)
    const node = source.children.get(from.at(-1)!)
    const over = target.children.get(to.at(-1)!)
    if (node === undefined) return refuse("not_found")
    if (node === over) return ok
    if (to.length > from.length && from.every((name, index) => to[index] === name)) return refuse("invalid_value")
    if (node.kind === "file" && over?.kind === "directory") return refuse("is_a_directory")
    if (node.kind === "directory" && over?.kind === "file") return refuse("not_a_directory")
    if (over?.kind === "directory" && over.children.size > 0) return refuse("not_empty")
    const may = node.kind === "file" ? this.rules.renames : this.rules.renamesDirectories
    if (!may && this.hasStored(node)) return refuse("cross_device")
    source.children.delete(from.at(-1)!)
    target.children.set(to.at(-1)!, node)
    if (over?.kind === "file") {
      over.linked = false
      // The provider has the old object under this name until the new one is stored.
      if (node.kind === "file") node.stored ||= over.stored
    }
    return ok
  }

  private hasStored(node: ModelNode): boolean {
    return node.kind === "file" ? node.stored : [...node.children.values()].some((child) => this.hasStored(child))
  }

  /** All files with their bytes, and all directories. */
  tree(node: ModelNode = this.root, path = ""): ReadonlyArray<readonly [string, string]> {
    if (node.kind === "file") return [[path, shown(node.bytes)]]
    const below = [...node.children].flatMap(([name, child]) =>
      this.tree(child, path === "" ? name : `${path}/${name}`)
    )
    return path === "" ? below : [[`${path}/`, ""], ...below]
  }
}
