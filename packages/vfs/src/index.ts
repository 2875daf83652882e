/**
 * Filesystem semantics over any object store.
 */
export { makeVfs } from "./makeVfs.ts"
export type * from "./Vfs.ts"
export type { VfsOptions } from "./VfsOptions.ts"
