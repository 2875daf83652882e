/**
 * What is refused on purpose, and what programs make of it.
 *
 * ENOSYS means "never ask again": the kernel remembers it for the life of the mount and does what is said here without us.
 */
import { Opcode } from "../protocol/constants.ts"
import { Errno } from "../protocol/errno.ts"

interface Refusal {
  readonly errno: number
  readonly reason: string
}

const never = (reason: string): Refusal => ({ errno: Errno.ENOSYS, reason })

/** Opcode to refusal; an opcode that is in no table is one that a newer kernel knows, and gets ENOSYS. */
export const refused: Readonly<Record<number, Refusal>> = {
  [Opcode.READLINK]: { errno: Errno.EINVAL, reason: "there are no symbolic links" },
  [Opcode.SYMLINK]: {
    errno: Errno.EPERM,
    reason: "there are no symbolic links; symlink(2) says EPERM of such a place"
  },
  [Opcode.LINK]: { errno: Errno.EPERM, reason: "an object has one name; link(2) says EPERM of such a place" },
  [Opcode.MKNOD]: { errno: Errno.EPERM, reason: "there are no devices, pipes and sockets; files come by CREATE" },
  [Opcode.GETXATTR]: never("no extended attributes: EOPNOTSUPP, without a request before each write"),
  [Opcode.SETXATTR]: never("no extended attributes: EOPNOTSUPP"),
  [Opcode.LISTXATTR]: never("no extended attributes: EOPNOTSUPP"),
  [Opcode.REMOVEXATTR]: never("no extended attributes: EOPNOTSUPP"),
  [Opcode.ACCESS]: never("every permission is granted, or the kernel checks by mode itself"),
  [Opcode.FSYNCDIR]: never("success: what changes a directory is done when it returns"),
  [Opcode.SYNCFS]: never("success: sync(2) first has every dirty page written"),
  [Opcode.FALLOCATE]: never("EOPNOTSUPP: no room can be reserved at a provider; glibc writes zeros instead"),
  [Opcode.LSEEK]: never("SEEK_DATA and SEEK_HOLE see one run of data, which is right of any file"),
  [Opcode.COPY_FILE_RANGE]: never("the kernel copies by reading and writing"),
  [Opcode.COPY_FILE_RANGE_64]: never("the kernel copies by reading and writing"),
  [Opcode.STATX]: never("the kernel asks by GETATTR"),
  [Opcode.TMPFILE]: never("EOPNOTSUPP: programs make a file with a name and unlink it"),
  [Opcode.GETLK]: never("the kernel keeps locks of this machine itself; nobody keeps those of others"),
  [Opcode.SETLK]: never("the kernel keeps locks of this machine itself"),
  [Opcode.SETLKW]: never("the kernel keeps locks of this machine itself"),
  [Opcode.BMAP]: never("there are no blocks of a device"),
  [Opcode.IOCTL]: never("ENOTTY"),
  [Opcode.POLL]: never("a file is always ready"),
  [Opcode.SETUPMAPPING]: never("for virtual machines only"),
  [Opcode.REMOVEMAPPING]: never("for virtual machines only")
}

/** The errno for an opcode that no operation answers. */
export const refusalOf = (opcode: number): number => refused[opcode]?.errno ?? Errno.ENOSYS
