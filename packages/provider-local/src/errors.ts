/**
 * The table from errno to reason.
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import * as Predicate from "effect/Predicate"

const table: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ["not_found", "there is nothing at this path"],
  ENOTDIR: ["not_found", "a file is where a directory of this path would be"],
  // what opening a socket, or a pipe that nobody reads, fails with
  ENXIO: ["not_found", "there is no regular file at this path"],
  EISDIR: ["is_a_directory", "there is a directory at this path"],
  EEXIST: ["already_exists", "there is something at this path already"],
  ENOTEMPTY: ["not_empty", "the directory is not empty"],
  EACCES: ["permission_denied", "the file system does not permit this"],
  EPERM: ["permission_denied", "the file system does not permit this"],
  EROFS: ["read_only", "the file system is read-only"],
  ENAMETOOLONG: ["invalid_name", "the file system cannot store a name of this length"],
  EILSEQ: ["invalid_name", "the file system cannot store this name"],
  ELOOP: ["permission_denied", "a symbolic link is in this path"],
  EXDEV: ["unsupported", "nothing can be moved from one file system to another in one step"],
  EFBIG: ["body_too_large", "the file system cannot store a file of this size"],
  ENOSPC: ["no_space", "there is no space left in the file system"],
  EDQUOT: ["quota_exceeded", "the quota of the file system is used up"],
  EMFILE: ["rate_limited", "too many files are open"],
  ENFILE: ["rate_limited", "too many files are open"],
  EBUSY: ["provider_unavailable", "the file is busy"],
  EIO: ["provider_unavailable", "the disk failed"]
}

/** The reason for an error of `node:fs`; nothing of the error but its errno is used. */
export const storageErrorOf = (error: unknown): StorageError => {
  const errno = Predicate.hasProperty(error, "code") && Predicate.isString(error.code) ? error.code : ""
  const [code, detail] = (Object.hasOwn(table, errno) && table[errno]) || ["internal", "the file system failed"]
  return StorageError.of(code as ErrorCode, detail, errno === "" ? {} : { providerCode: errno })
}
