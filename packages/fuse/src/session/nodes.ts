/**
 * Requests about names and attributes.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Filesystem, Found } from "../Filesystem.ts"
import { FileType, Opcode, RenameFlag, SetAttribute } from "../protocol/constants.ts"
import type { Presentation } from "../protocol/Presentation.ts"
import type { Reply } from "../protocol/Reply.ts"
import type { Request } from "../protocol/Request.ts"
import { nothing, type Operation, type Operations } from "./Operation.ts"

/** The unit in which `statfs` counts. */
const block = 4096
const longestNameShown = 255

const writeEntry = (reply: Reply, found: Found): void => reply.entry(found)
const writeAttributes = (reply: Reply, found: Found): void => reply.attributes(found)

const permissions = 0o7777
const kindOfFile = 0o170000

/** Whether SETATTR asks for another owner or mode than what is shown. */
const changesPermissions = (request: Request, shown: Presentation): boolean => {
  const valid = request.word(0)
  const mode = request.word(17)
  const present = (mode & kindOfFile) === FileType.DIRECTORY ? shown.directoryMode : shown.fileMode
  return (
    ((valid & SetAttribute.MODE) !== 0 && (mode & permissions) !== present) ||
    ((valid & SetAttribute.UID) !== 0 && request.word(19) !== shown.uid) ||
    ((valid & SetAttribute.GID) !== 0 && request.word(20) !== shown.gid)
  )
}

const refusedPermissions = StorageError.of("unsupported", "files of a mount have no owner and mode of their own")

/** What SETATTR asks for that a filesystem can do. A time of access is not kept. */
const changesOf = (request: Request): Parameters<Filesystem["setAttributes"]>[1] => {
  const valid = request.word(0)
  return {
    ...(valid & SetAttribute.SIZE ? { size: request.long(4) } : {}),
    ...(valid & SetAttribute.MTIME_NOW
      ? { modified: "now" as const }
      : valid & SetAttribute.MTIME
        ? { modified: request.signedLong(10) * 1000 + request.word(15) / 1e6 }
        : {})
  }
}

const setAttributes = (filesystem: Filesystem, shown: Presentation, ignorePermissions: boolean): Operation<Found> => ({
  call: (request) => {
    if (!ignorePermissions && changesPermissions(request, shown)) return Effect.fail(refusedPermissions)
    const { node } = request
    const changes = changesOf(request)
    if (changes.size === undefined && changes.modified === undefined) return filesystem.attributes(node)
    return request.word(0) & SetAttribute.FH
      ? filesystem.setAttributes(node, changes, request.long(2))
      : filesystem.setAttributes(node, changes)
  },
  reply: writeAttributes
})

/** RENAME and RENAME2, which has flags before the names. */
const rename = (filesystem: Filesystem, namesAt: number, flagsOf: (request: Request) => number): Operation<void> => ({
  call: (request) => {
    const flags = flagsOf(request)
    if ((flags & ~RenameFlag.NOREPLACE) !== 0) {
      return Effect.fail(StorageError.of("invalid_value", "two names cannot be exchanged in one step"))
    }
    const [from, to] = request.names(namesAt)
    return filesystem.rename(
      { parent: request.node, name: from },
      { parent: request.long(0), name: to },
      { replace: flags === 0 }
    )
  },
  other: (request) => request.long(0),
  reply: nothing,
  long: true
})

/** The operations on names and attributes. Each answer that is an entry counts as one look-up. */
export const nodeOperations = (filesystem: Filesystem, shown: Presentation, ignorePermissions: boolean): Operations => {
  const forgetEntry = ({ attributes }: Found) => Effect.sync(() => filesystem.forget(attributes.node, 1))
  const entry = (call: Operation<Found>["call"]): Operation<Found> => ({ call, reply: writeEntry, undo: forgetEntry })
  const done = (call: Operation<void>["call"]): Operation<void> => ({ call, reply: nothing })
  return {
    [Opcode.LOOKUP]: entry((request) => filesystem.lookup(request.node, request.name(0))),
    [Opcode.MKDIR]: entry((request) => filesystem.makeDirectory(request.node, request.name(8))),
    [Opcode.UNLINK]: done((request) => filesystem.unlink(request.node, request.name(0))),
    [Opcode.RMDIR]: done((request) => filesystem.removeDirectory(request.node, request.name(0))),
    [Opcode.RENAME]: rename(filesystem, 8, () => 0),
    [Opcode.RENAME2]: rename(filesystem, 16, (request) => request.word(2)),
    [Opcode.GETATTR]: { call: (request) => filesystem.attributes(request.node), reply: writeAttributes },
    [Opcode.SETATTR]: setAttributes(filesystem, shown, ignorePermissions),
    [Opcode.STATFS]: {
      call: () => Effect.sync(filesystem.usage),
      reply: (reply, { total, free }: ReturnType<Filesystem["usage"]>) => {
        for (const bytes of [total, free, free]) reply.long(Math.floor(bytes / block))
        reply.long(0)
        reply.long(0)
        reply.values(block, longestNameShown, block)
        reply.zeros(28)
      }
    }
  }
}
