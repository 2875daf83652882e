/**
 * From errors to the numbers that the kernel hands to programs.
 */
import { StorageError } from "@mooring/core"
import { errorCodes } from "@mooring/core/errorCodes"
import * as Cause from "effect/Cause"
import * as Option from "effect/Option"

/** errno of Linux on x64 and arm64 (`asm-generic/errno.h`): those of core's table and those of the protocol. */
export const Errno = {
  EPERM: 1,
  ENOENT: 2,
  EINTR: 4,
  EIO: 5,
  EAGAIN: 11,
  EACCES: 13,
  EBUSY: 16,
  EEXIST: 17,
  EXDEV: 18,
  ENODEV: 19,
  ENOTDIR: 20,
  EISDIR: 21,
  EINVAL: 22,
  EFBIG: 27,
  ENOSPC: 28,
  EROFS: 30,
  ENAMETOOLONG: 36,
  ENOSYS: 38,
  ENOTEMPTY: 39,
  EPROTO: 71,
  ENOTSUP: 95,
  ECONNREFUSED: 111,
  ETIMEDOUT: 110,
  EHOSTUNREACH: 113,
  ESTALE: 116,
  EDQUOT: 122
} as const

const isErrno = (name: string): name is keyof typeof Errno => Object.hasOwn(Errno, name)

/**
 * The errno of an error, by core's table. ENOSYS is never passed on: the kernel would take it as "do not ask again" and
 * call a later fsync or close a success.
 */
export const errnoOf = (error: StorageError): number => {
  const name = errorCodes[error.reason._tag].errno
  if (!isErrno(name)) return Errno.EIO
  return name === "ENOSYS" ? Errno.ENOTSUP : Errno[name]
}

/** The errno of a call that did not succeed: EINTR if it was interrupted, EIO for what is no error of ours. */
export const errnoOfCause = (cause: Cause.Cause<StorageError>): number => {
  const error = Cause.findErrorOption(cause)
  if (Option.isSome(error)) return errnoOf(StorageError.from(error.value))
  return Cause.hasInterruptsOnly(cause) ? Errno.EINTR : Errno.EIO
}
