/**
 * INIT: what both sides can do.
 */
import { InitFlag, InitFlag2, maxWrite } from "../protocol/constants.ts"
import type { Reply } from "../protocol/Reply.ts"
import type { Request } from "../protocol/Request.ts"

const major = 7
/** The newest minor version whose structures are those written here. */
const newest = 39
/** MAX_PAGES, and with it writes of more than 128 KiB, came with Linux 4.20; older kernels are not tested. */
const oldest = 28

/** What is asked of the kernel, if it can. */
const wanted =
  InitFlag.ASYNC_READ |
  InitFlag.ATOMIC_O_TRUNC |
  InitFlag.BIG_WRITES |
  InitFlag.AUTO_INVAL_DATA |
  InitFlag.DO_READDIRPLUS |
  InitFlag.READDIRPLUS_AUTO |
  InitFlag.ASYNC_DIO |
  InitFlag.PARALLEL_DIROPS |
  InitFlag.ABORT_ERROR |
  InitFlag.MAX_PAGES |
  InitFlag.INIT_EXT

/** Requests without a caller (read-ahead, direct writes) that the kernel has in flight at most, and where it slows down. */
const background = 64
const congestion = 48
const page = 4096

/** What came of INIT: ready, to be said again in our version, or not possible. */
export type Negotiation = "ready" | "again" | "too old"

/** Reads INIT and writes the answer. */
export const initialize = (request: Request, reply: Reply): Negotiation => {
  const minor = request.word(1)
  if (request.word(0) > major) {
    reply.values(major, newest)
    reply.zeros(56)
    return "again"
  }
  if (request.word(0) < major || minor < oldest) return "too old"
  const flags = request.word(3)
  const flags2 = flags & InitFlag.INIT_EXT ? request.word(4) & InitFlag2.DIRECT_IO_ALLOW_MMAP : 0
  reply.values(major, Math.min(minor, newest), request.word(2), flags & wanted)
  reply.values(background | (congestion << 16), maxWrite, 1, maxWrite / page, flags2)
  reply.zeros(28)
  return "ready"
}
