/**
 * The rows of the table: what is prepared once, and what each client is measured at.
 */
import { randomBytes, randomFillSync } from "node:crypto"
import { appendFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { local, remote, type Client } from "./Client.ts"
import type { Preparing } from "./rclone.ts"
import type { Command } from "./measure.ts"

export interface Sizes {
  /** MiB of the large object. */
  readonly large: number
  /** Objects of 4 KiB. */
  readonly many: number
  /** Keys of the listing. */
  readonly keys: number
}

/** The places that are measured: local folders and what the service has before. */
export interface Workspace {
  readonly folder: string
  /** Does what is not measured at the service. */
  readonly prepare: Preparing
  readonly run: (command: Command) => void
  /** Removes all below a directory of the service and frees its memory. */
  readonly clear: (path: string) => void
}

export interface Row {
  readonly name: string
  /** Makes what the row reads; once. */
  readonly begin: () => void
  /** What is measured. */
  readonly command: (client: Client) => Command
  /** Removes what a run has stored. */
  readonly end: () => void
}

/** The container of all places; every provider takes its name. */
export const container = "mooring-bench"
const block = 16 * 1024 * 1024

/** A file of so many MiB of random bytes. */
export const makeLarge = (file: string, mebibytes: number) => {
  const bytes = Buffer.allocUnsafe(block)
  writeFileSync(file, "")
  for (let left = mebibytes * 1024 * 1024; left > 0; left -= block) {
    appendFileSync(file, randomFillSync(bytes).subarray(0, Math.min(left, block)))
  }
}

const makeMany = (folder: string, count: number, bytes: number) => {
  for (let index = 0; index < count; index += 1) {
    const directory = join(folder, String(Math.floor(index / 1000)))
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, `${index}.bin`), randomBytes(bytes))
  }
}

/** All rows. Whatever a row reads from the service was put there by `prepare`. */
export const rowsOf = (
  { large, many, keys }: Sizes,
  { folder, prepare, run, clear }: Workspace
): ReadonlyArray<Row> => {
  const [file, directory, got] = [join(folder, "large"), join(folder, "many"), join(folder, "got")]
  const forget = () => rmSync(got, { recursive: true, force: true })
  return [
    {
      name: `put ${large} MiB`,
      begin: () => makeLarge(file, large),
      command: ({ copyOne }) => copyOne(local(file), remote(`${container}/put/large`)),
      end: () => clear(`${container}/put`)
    },
    {
      name: `get ${large} MiB`,
      begin: () => {
        makeLarge(file, large)
        run(prepare.store(local(file), remote(`${container}/get/large`)))
      },
      command: ({ copyOne }) => copyOne(remote(`${container}/get/large`), local(got)),
      end: forget
    },
    {
      name: `put ${many} of 4 KiB`,
      begin: () => makeMany(directory, many, 4096),
      command: ({ copyAll }) => copyAll(local(directory), remote(`${container}/many`)),
      end: () => clear(`${container}/many`)
    },
    {
      name: `get ${many} of 4 KiB`,
      begin: () => {
        makeMany(directory, many, 4096)
        run(prepare.copyAll(local(directory), remote(`${container}/from`)))
      },
      command: ({ copyAll }) => copyAll(remote(`${container}/from`), local(got)),
      end: forget
    },
    {
      name: `list ${keys} keys`,
      begin: () => {
        makeMany(join(folder, "keys"), keys, 1)
        run(prepare.copyAll(local(join(folder, "keys")), remote(`${container}/keys`)))
      },
      command: ({ list }) => list(remote(`${container}/keys`)),
      end: () => {}
    }
  ]
}
