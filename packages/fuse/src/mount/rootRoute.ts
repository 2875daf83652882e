/**
 * As root: this process opens the device, and mount(8) gets its descriptor.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import { closeDescriptor, host, openDevice, run } from "../Host.ts"
import { mountArguments, type Settings } from "./MountOptions.ts"
import type { Route } from "./Route.ts"

const device = "/dev/fuse"

const missing = StorageError.of("unsupported", "this machine has no /dev/fuse", {
  suggestion: "load the kernel module (modprobe fuse), or start the container with --device /dev/fuse"
})

const errors: Readonly<Record<string, StorageError>> = {
  ENOENT: missing,
  ENODEV: missing,
  ENXIO: missing,
  EACCES: StorageError.of("permission_denied", "/dev/fuse may not be opened"),
  EPERM: StorageError.of("permission_denied", "/dev/fuse may not be opened", {
    suggestion: "start the container with --device /dev/fuse --cap-add SYS_ADMIN"
  })
}

/** Opens the device; says what would help where there is none. */
export const openFuse = Effect.suspend(() => {
  const opened = openDevice(device)
  if (typeof opened === "number") return Effect.succeed(opened)
  return Effect.fail(errors[opened] ?? StorageError.of("internal", "/dev/fuse could not be opened"))
})

const noProgram = StorageError.of("unsupported", "there is no mount(8) on this machine", {
  suggestion: "install util-linux"
})

const refused = StorageError.of("permission_denied", "the kernel refused to mount", {
  suggestion: "mounting takes CAP_SYS_ADMIN; give the container --cap-add SYS_ADMIN"
})

const attach = Effect.fnUntraced(function* (settings: Settings, point: string) {
  const descriptor = yield* openFuse
  const { status, errno } = yield* run("mount", mountArguments(settings, point, host), [descriptor])
  if (status === 0) return descriptor
  closeDescriptor(descriptor)
  return yield* errno === "ENOENT" ? noProgram : refused
}, Effect.uninterruptible)

const manners = { clean: [], lazy: ["-l"], forced: ["-f", "-l"] } as const

export const rootRoute: Route = {
  name: "root",
  attach,
  detach: (point, manner) => ({ program: "umount", args: ["-i", "-n", "-c", ...manners[manner], "--", point] })
}
