/**
 * FUSE for Linux without a native addon.
 */
export { clearDeadMount, mount, type Mounted } from "./mount.ts"
export type { MountOptions } from "./mount/MountOptions.ts"
export type { UnmountOptions } from "./mount/unmount.ts"
export type * from "./Filesystem.ts"
