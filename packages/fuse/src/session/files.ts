/**
 * Requests about open files.
 */
import * as Effect from "effect/Effect"
import type { Filesystem, Found, OpenOptions, Opened } from "../Filesystem.ts"
import { Opcode, OpenMode } from "../protocol/constants.ts"
import type { Reply } from "../protocol/Reply.ts"
import { nothing, type Operation, type Operations } from "./Operation.ts"

/** The bytes of WRITE start behind this much of its own. */
const writePayload = 40
const nameOfCreate = 16

/** What the flags of open(2) ask for. */
export const openOptionsOf = (flags: number): OpenOptions => {
  const access = flags & OpenMode.ACCESS
  return {
    read: access !== OpenMode.WRITE_ONLY,
    write: access === OpenMode.WRITE_ONLY || access === OpenMode.READ_WRITE,
    // The kernel gives the offset of each write, and writes mapped pages back through any handle, also one that appends.
    append: false,
    truncate: (flags & OpenMode.TRUNCATE) !== 0
  }
}

/** The operations on files. */
export const fileOperations = (filesystem: Filesystem): Operations => {
  const open: Operation<Opened> = {
    call: (request) => filesystem.open(request.node, openOptionsOf(request.word(0))),
    reply: (reply, opened) => reply.opened(opened),
    undo: ({ handle }) => filesystem.release(handle)
  }
  const create: Operation<Found & Opened> = {
    call: (request) => {
      const flags = request.word(0)
      const exclusive = (flags & OpenMode.EXCLUSIVE) !== 0
      return filesystem.create(request.node, request.name(nameOfCreate), { ...openOptionsOf(flags), exclusive })
    },
    reply: (reply, created) => {
      reply.entry(created)
      reply.opened(created)
    },
    undo: ({ attributes, handle }) =>
      Effect.andThen(
        filesystem.release(handle),
        Effect.sync(() => filesystem.forget(attributes.node, 1))
      )
  }
  const read: Operation<Uint8Array> = {
    call: (request) => filesystem.read(request.long(0), request.long(2), request.word(4)),
    reply: (reply, bytes) => reply.data(bytes)
  }
  const borrows = filesystem.transientWrites === true
  const write: Operation<number> = {
    call: (request) => {
      const length = request.word(4)
      const bytes = borrows ? request.view(writePayload, length) : request.copy(writePayload, length)
      return Effect.as(filesystem.write(request.long(0), request.long(2), bytes), length)
    },
    reply: (reply: Reply, length) => reply.values(length, 0),
    borrows
  }
  const commit = (call: (handle: number) => ReturnType<Filesystem["flush"]>): Operation<void> => ({
    call: (request) => call(request.long(0)),
    reply: nothing,
    long: true
  })
  return {
    [Opcode.OPEN]: open,
    [Opcode.CREATE]: create,
    [Opcode.READ]: read,
    [Opcode.WRITE]: write,
    [Opcode.FLUSH]: commit(filesystem.flush),
    [Opcode.FSYNC]: commit(filesystem.fsync),
    [Opcode.RELEASE]: commit(filesystem.release)
  }
}
