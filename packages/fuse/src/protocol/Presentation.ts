/**
 * What the kernel is told of every file and directory alike, since object stores know no owners and modes.
 */
import type { Attributes } from "../Filesystem.ts"
import { FileType } from "./constants.ts"

/** Owner, group, and the bits of permission of each kind; `umask` is already taken away. */
export interface Presentation {
  readonly uid: number
  readonly gid: number
  readonly fileMode: number
  readonly directoryMode: number
}

/** Kind and permissions, as in stat(2). */
export const modeOf = ({ kind }: Pick<Attributes, "kind">, { fileMode, directoryMode }: Presentation): number =>
  kind === "directory" ? FileType.DIRECTORY | directoryMode : FileType.FILE | fileMode
