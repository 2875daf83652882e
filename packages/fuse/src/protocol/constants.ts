/**
 * Numbers of the FUSE wire protocol, version 7 (`linux/fuse.h`), named as there without the prefix.
 */

/** What the kernel asks for. */
export const Opcode = {
  LOOKUP: 1,
  FORGET: 2,
  GETATTR: 3,
  SETATTR: 4,
  READLINK: 5,
  SYMLINK: 6,
  MKNOD: 8,
  MKDIR: 9,
  UNLINK: 10,
  RMDIR: 11,
  RENAME: 12,
  LINK: 13,
  OPEN: 14,
  READ: 15,
  WRITE: 16,
  STATFS: 17,
  RELEASE: 18,
  FSYNC: 20,
  SETXATTR: 21,
  GETXATTR: 22,
  LISTXATTR: 23,
  REMOVEXATTR: 24,
  FLUSH: 25,
  INIT: 26,
  OPENDIR: 27,
  READDIR: 28,
  RELEASEDIR: 29,
  FSYNCDIR: 30,
  GETLK: 31,
  SETLK: 32,
  SETLKW: 33,
  ACCESS: 34,
  CREATE: 35,
  INTERRUPT: 36,
  BMAP: 37,
  DESTROY: 38,
  IOCTL: 39,
  POLL: 40,
  NOTIFY_REPLY: 41,
  BATCH_FORGET: 42,
  FALLOCATE: 43,
  READDIRPLUS: 44,
  RENAME2: 45,
  LSEEK: 46,
  COPY_FILE_RANGE: 47,
  SETUPMAPPING: 48,
  REMOVEMAPPING: 49,
  SYNCFS: 50,
  TMPFILE: 51,
  STATX: 52,
  COPY_FILE_RANGE_64: 53
} as const

/** What both sides can do, of the first word of flags in INIT. */
export const InitFlag = {
  ASYNC_READ: 1 << 0,
  ATOMIC_O_TRUNC: 1 << 3,
  BIG_WRITES: 1 << 5,
  AUTO_INVAL_DATA: 1 << 12,
  DO_READDIRPLUS: 1 << 13,
  READDIRPLUS_AUTO: 1 << 14,
  ASYNC_DIO: 1 << 15,
  PARALLEL_DIROPS: 1 << 18,
  ABORT_ERROR: 1 << 21,
  MAX_PAGES: 1 << 22,
  INIT_EXT: 1 << 30
} as const

/** The same of the second word, which is there with INIT_EXT. */
export const InitFlag2 = { DIRECT_IO_ALLOW_MMAP: 1 << 4 } as const

/** Which members of SETATTR are to be set. */
export const SetAttribute = {
  MODE: 1 << 0,
  UID: 1 << 1,
  GID: 1 << 2,
  SIZE: 1 << 3,
  MTIME: 1 << 5,
  FH: 1 << 6,
  MTIME_NOW: 1 << 8
} as const

/** How an open file may be cached. */
export const OpenFlag = { DIRECT_IO: 1 << 0, KEEP_CACHE: 1 << 1 } as const

/** Flags of RENAME2: those of renameat2(2). */
export const RenameFlag = { NOREPLACE: 1 << 0 } as const

/** What the server says unasked. */
export const Notification = { INVAL_INODE: 2, INVAL_ENTRY: 3 } as const

/** Flags of open(2) that mean something to a filesystem; the same on x64 and arm64. */
export const OpenMode = {
  ACCESS: 3,
  WRITE_ONLY: 1,
  READ_WRITE: 2,
  EXCLUSIVE: 0o200,
  TRUNCATE: 0o1000,
  APPEND: 0o2000
} as const

/** Kinds of files in a mode, as in stat(2). */
export const FileType = { DIRECTORY: 0o040000, FILE: 0o100000 } as const

/** Bytes of the structures that others are placed behind. */
export const Size = { IN_HEADER: 40, OUT_HEADER: 16, ENTRY: 128, ATTRIBUTES: 104, DIRENT: 24, STATFS: 80 } as const

/** The number of the root, which needs no look-up. */
export const rootNode = 1

/** The most bytes that one WRITE carries, and one READ asks for: 256 pages. */
export const maxWrite = 1024 * 1024

/** A request of the largest kind fits: the kernel refuses to be read into less. */
export const requestSize = maxWrite + 4096

/** The longest name, in bytes, that every kernel takes in a listing. One longer would fail the whole listing. */
export const longestName = 1024
