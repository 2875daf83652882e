/**
 * The rows of the table of mounts: what is at the backend before, and what programs do in the mounted directory.
 */
import { randomBytes } from "node:crypto"
import {
  closeSync,
  copyFileSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync
} from "node:fs"
import { join } from "node:path"
import { local, remote } from "../Client.ts"
import type { Preparing } from "../rclone.ts"
import { container, makeLarge } from "../rows.ts"
import { root, step } from "../step.ts"

export interface MountSizes {
  /** MiB of the large file. */
  readonly large: number
  /** Small files that are written. */
  readonly many: number
  /** Files of the directory that is listed. */
  readonly keys: number
}

export interface MountRow {
  readonly name: string
  /** What of the backend is mounted. */
  readonly path: string
  /** Whether it writes. */
  readonly writes: boolean
  /** Puts at the backend what the row finds; once. */
  readonly begin: () => void
  /** What is done in the mount and not measured. */
  readonly before?: (directory: string) => void
  /** What is measured. */
  readonly work: (directory: string) => void
  /** Whether all that was written is at the backend. */
  readonly isStored?: () => boolean
  /** Removes what was written. */
  readonly end: () => void
}

/** Where rows are prepared. */
export interface Backend {
  /** A local folder. */
  readonly folder: string
  /** Does what is not measured at the backend. */
  readonly prepare: Preparing
  /** Removes all below a directory of the backend and frees its memory. */
  readonly clear: (path: string) => void
}

const block = 4096
/** What a directory that is written to has before. */
const first = "first"
/** Reads of 4 KiB in all, whatever the number of threads. */
const reads = 400

const run = (...words: ReadonlyArray<string>) => step({ run: words, env: process.env })

const createDurably = (directory: string, count: number) => {
  const bytes = randomBytes(block)
  for (let index = 0; index < count; index += 1) {
    const file = openSync(join(directory, `${index}.bin`), "wx")
    writeSync(file, bytes)
    fsyncSync(file)
    closeSync(file)
  }
}

/** All rows. */
export const mountRowsOf = ({ large, many, keys }: MountSizes, { folder, prepare, clear }: Backend) => {
  const at = (name: string) => `${container}/${name}`
  const there = new Set<string>()
  const upload = (name: string, make: (path: string) => void) => {
    const path = join(folder, name)
    make(path)
    step(prepare.copyAll(local(path), remote(at(name))))
    rmSync(path, { recursive: true, force: true })
  }
  /** What several rows read is put there by the first of them. */
  const uploadOnce = (name: string, make: (path: string) => void) => {
    if (!there.has(name)) upload(name, make)
    there.add(name)
  }
  /** A directory of a mount has to be there before something is written into it. */
  const start = (name: string) =>
    upload(name, (path) => {
      mkdirSync(path)
      writeFileSync(join(path, "first"), first)
    })
  const writing = (name: string, count: number, bytes: number) => ({
    path: at(name),
    writes: true,
    begin: () => start(name),
    isStored: () => {
      const found = JSON.parse(step(prepare.size(at(name)))) as Readonly<Record<string, number>>
      return found["count"] === count + 1 && found["bytes"] === bytes + first.length
    },
    end: () => {
      clear(at(name))
      start(name)
    }
  })
  const uploadLarge = () =>
    uploadOnce("read", (path) => {
      mkdirSync(path)
      makeLarge(join(path, "large"), large)
    })
  const reading = { path: at("read"), writes: false, begin: uploadLarge, end: () => {} }
  const listing = {
    path: at("keys"),
    writes: false,
    begin: () =>
      uploadOnce("keys", (path) => {
        mkdirSync(path)
        for (let index = 0; index < keys; index += 1) writeFileSync(join(path, `${index}.bin`), "1")
      }),
    end: () => {}
  }
  const index = join(folder, "index")
  const checkout = {
    path: at("checkout"),
    writes: true,
    begin: () =>
      uploadOnce("checkout", (path) => {
        run("git", "clone", "-q", "--depth", "1", "--sparse", `file://${root}`, path)
        run("git", "-C", path, "sparse-checkout", "set", "packages/core")
        copyFileSync(join(path, ".git/index"), index)
      }),
    // Each run finds the index that knows nothing of a mount, never the one of the run before.
    end: () => void step(prepare.store(local(index), remote(at("checkout/.git/index"))))
  }
  const status = (directory: string) => run("git", "-C", directory, "status", "--porcelain")
  const random = (threads: number): MountRow => ({
    ...reading,
    name: `${reads} random reads of 4 KiB, ${threads} thread${threads === 1 ? "" : "s"}`,
    work: (directory) =>
      run(
        "fio",
        "--name=random",
        `--filename=${join(directory, "large")}`,
        "--readonly",
        "--rw=randread",
        `--bs=${block}`,
        "--direct=1",
        "--ioengine=psync",
        "--thread",
        `--numjobs=${threads}`,
        `--io_size=${(block * reads) / threads}`
      )
  })
  const rows: ReadonlyArray<MountRow> = [
    {
      ...reading,
      name: `read ${large} MiB in sequence`,
      work: (directory) => run("dd", `if=${join(directory, "large")}`, "of=/dev/null", "bs=1M")
    },
    {
      ...writing("write", 1, large * 1024 * 1024),
      name: `write ${large} MiB in sequence`,
      work: (directory) =>
        run("dd", "if=/dev/zero", `of=${join(directory, "large")}`, "bs=1M", `count=${large}`, "conv=fsync")
    },
    random(1),
    random(4),
    {
      ...listing,
      name: `stat of ${keys} files`,
      work: (directory) => {
        for (let index = 0; index < keys; index += 1) statSync(join(directory, `${index}.bin`))
      }
    },
    {
      ...listing,
      name: `readdir of ${keys} files`,
      work: (directory) => {
        const { length } = readdirSync(directory)
        if (length !== keys) throw new Error(`${length} names are shown, not ${keys}`)
      }
    },
    {
      ...writing("many", many, many * block),
      name: `create and fsync of ${many} files of 4 KiB`,
      work: (directory) => createDurably(directory, many)
    },
    { ...checkout, name: "git status, first", work: status },
    { ...checkout, name: "git status, again", before: status, work: status }
  ]
  return rows
}
