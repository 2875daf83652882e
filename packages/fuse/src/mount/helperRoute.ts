/**
 * Without root: fusermount3(1), which may mount for any user, opens the device and sends its descriptor over a socket.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Ended } from "../Host.ts"
import { run } from "../Host.ts"
import { helperArguments, type Settings } from "./MountOptions.ts"
import type { Route } from "./Route.ts"

/** Where a descriptor can be received: the other end of it is a descriptor of ours that the helper gets. */
export interface Inbox {
  readonly peer: number
  /** The descriptor that was sent, once the sender has ended; undefined if none came. */
  readonly receive: Effect.Effect<number | undefined>
  readonly close: Effect.Effect<void>
}

const program = "fusermount3"

const noProgram = StorageError.of("unsupported", "there is no fusermount3 that can be run on this machine", {
  suggestion: "install the package fuse3, or mount as root"
})

const noDescriptor = StorageError.of("unsupported", "fusermount3 mounted, but its descriptor did not arrive")

/** What fusermount3 complains of, as it words it, and what it means. */
const complaints: ReadonlyArray<readonly [RegExp, StorageError]> = [
  [
    /user_allow_other/,
    StorageError.of("permission_denied", "this machine does not let users share their mounts", {
      pointer: "#/allowOther",
      suggestion: "root writes user_allow_other into /etc/fuse.conf"
    })
  ],
  [
    /device not found|modprobe|No such file or directory/i,
    StorageError.of("unsupported", "this machine has no /dev/fuse", {
      suggestion: "load the kernel module (modprobe fuse), or start the container with --device /dev/fuse"
    })
  ],
  [
    /no write access|user has no|not owner|Permission denied/i,
    StorageError.of("permission_denied", "only the owner of a directory that may be written to can mount there", {
      pointer: "#/mountPoint"
    })
  ],
  [
    /too many FUSE/i,
    StorageError.of("quota_exceeded", "this machine permits no more mounts of users", {
      suggestion: "root raises mount_max in /etc/fuse.conf"
    })
  ],
  [
    /Operation not permitted/i,
    StorageError.of("permission_denied", "fusermount3 may not mount", {
      suggestion: "it must be owned by root with its set-user-ID bit, and no container may take that away"
    })
  ]
]

const complaintOf = ({ errno, complaint }: Ended): StorageError =>
  errno !== undefined
    ? noProgram
    : (complaints.find(([pattern]) => pattern.test(complaint))?.[1] ??
      StorageError.of("internal", "fusermount3 refused to mount"))

/** A route by the helper that receives by these means. */
export const helperRoute = (name: Route["name"], open: Effect.Effect<Inbox, StorageError>): Route => {
  const detach: Route["detach"] = (point, manner) => ({
    program,
    args: ["-u", ...(manner === "clean" ? [] : ["-z"]), "--", point]
  })
  const attach = Effect.fnUntraced(function* (settings: Settings, point: string) {
    const inbox = yield* open
    const ended = yield* run(program, helperArguments(settings, point), [inbox.peer], { _FUSE_COMMFD: "3" })
    const descriptor = ended.status === 0 ? yield* inbox.receive : undefined
    yield* inbox.close
    if (descriptor !== undefined) return descriptor
    if (ended.status !== 0) return yield* complaintOf(ended)
    const { args } = detach(point, "forced")
    yield* run(program, args)
    return yield* noDescriptor
  }, Effect.uninterruptible)
  return { name, attach, detach }
}
