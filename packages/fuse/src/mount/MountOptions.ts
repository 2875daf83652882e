/**
 * What a mount is asked to be, and how mount(8) and fusermount3(1) are told.
 */
import { StorageError } from "@mooring/core"
import * as Result from "effect/Result"
import type { Presentation } from "../protocol/Presentation.ts"

/** Where and how to mount. Times are milliseconds. */
export interface MountOptions {
  /** An existing directory. */
  readonly mountPoint: string
  /** What `df` and `mount` show as the source; also by which a dead mount is known as one's own. Default `mooring`. */
  readonly fsname?: string
  /** What follows `fuse.` in the type. Default `mooring`. */
  readonly subtype?: string
  /** Lets others than the mounting user in; the kernel then checks owner and mode. Without root, `/etc/fuse.conf` must allow it. */
  readonly allowOther?: boolean
  /** Refuses every change with EROFS. */
  readonly readOnly?: boolean
  /** The owner that is shown of everything; default the user of this process. */
  readonly uid?: number
  readonly gid?: number
  /** Bits of permission that are taken away of files and directories. Default 022. */
  readonly umask?: number
  /** The permissions of files before the umask: 0o777 shows every file as executable. Default 0o666. */
  readonly fileMode?: number
  /** Whether chmod and chown succeed and change nothing, instead of ENOTSUP. Default false. */
  readonly ignorePermissions?: boolean
  /** How long any call may take before its caller gets ETIMEDOUT. Default one minute. */
  readonly deadline?: number
  /** The same for flush, fsync, release and rename, which may move whole files. Default one hour. */
  readonly longDeadline?: number
}

/** Options with their defaults. */
export interface Settings {
  readonly fsname: string
  readonly subtype: string
  readonly allowOther: boolean
  readonly readOnly: boolean
  readonly presentation: Presentation
  readonly ignorePermissions: boolean
  readonly deadline: number
  readonly longDeadline: number
}

const minute = 60_000
const hour = 60 * minute

const invalid = (field: string, detail: string) =>
  Result.fail(StorageError.of("invalid_value", `${field}: ${detail}`, { pointer: `#/${field}` }))

// A comma ends an option, a backslash escapes one, and mount(8) takes what starts with a hyphen for an option.
const sourcePattern = /^[^-\p{Cc},\\][^\p{Cc},\\]*$/u
const subtypePattern = /^[A-Za-z0-9][A-Za-z0-9._-]*$/

const isMode = (value: number) => Number.isInteger(value) && value >= 0 && value <= 0o777
const isId = (value: number) => Number.isInteger(value) && value >= 0 && value < 0xffff_ffff
const isTime = (value: number) => value > 0 && value <= 0x7fff_ffff

/** The settings, or `invalid_value` with a pointer to the option. `user` is who mounts. */
export const settingsOf = (
  options: MountOptions,
  user: { readonly uid: number; readonly gid: number }
): Result.Result<Settings, StorageError> => {
  const { fsname = "mooring", subtype = "mooring", uid = user.uid, gid = user.gid } = options
  const { umask = 0o022, fileMode = 0o666, deadline = minute, longDeadline = hour } = options
  if (!sourcePattern.test(fsname)) {
    return invalid("fsname", "must not be empty, start with a hyphen, or hold a comma, backslash or control character")
  }
  if (!subtypePattern.test(subtype)) return invalid("subtype", "must be letters, digits, dots, hyphens and underscores")
  if (!isMode(umask)) return invalid("umask", "must be permissions from 0 to 0o777")
  if (!isMode(fileMode)) return invalid("fileMode", "must be permissions from 0 to 0o777")
  if (!isId(uid)) return invalid("uid", "must be the number of a user")
  if (!isId(gid)) return invalid("gid", "must be the number of a group")
  if (!isTime(deadline)) return invalid("deadline", "must be milliseconds, at most 24 days")
  if (!isTime(longDeadline)) return invalid("longDeadline", "must be milliseconds, at most 24 days")
  return Result.succeed({
    fsname,
    subtype,
    allowOther: options.allowOther ?? false,
    readOnly: options.readOnly ?? false,
    presentation: { uid, gid, fileMode: fileMode & ~umask, directoryMode: 0o777 & ~umask },
    ignorePermissions: options.ignorePermissions ?? false,
    deadline,
    longDeadline
  })
}

/** The type that the mount has in the kernel's list. */
export const typeOf = ({ subtype }: Pick<Settings, "subtype">): string => `fuse.${subtype}`

/** Options that mount(8) and fusermount3(1) both know. Without `default_permissions` others would pass every check. */
const shared = ({ readOnly, allowOther }: Settings): ReadonlyArray<string> => [
  readOnly ? "ro" : "rw",
  "nosuid",
  "nodev",
  ...(allowOther ? ["allow_other", "default_permissions"] : [])
]

/** Arguments of mount(8), whose descriptor 3 is the device. No helper program, no table, no path made canonical. */
export const mountArguments = (
  settings: Settings,
  point: string,
  user: { readonly uid: number; readonly gid: number }
): ReadonlyArray<string> => {
  const kernel = ["fd=3", "rootmode=40000", `user_id=${user.uid}`, `group_id=${user.gid}`]
  const options = [...kernel, ...shared(settings)].join()
  return ["-i", "-n", "-c", "-t", typeOf(settings), "-o", options, "--", settings.fsname, point]
}

/** Arguments of fusermount3(1), which opens the device itself and sends its descriptor. */
export const helperArguments = (settings: Settings, point: string): ReadonlyArray<string> => {
  const options = [...shared(settings), `fsname=${settings.fsname}`, `subtype=${settings.subtype}`].join()
  return ["-o", options, "--", point]
}
