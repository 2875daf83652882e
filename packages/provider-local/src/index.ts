/**
 * A local directory as an object store.
 */
export { Local, Local as default } from "./Local.ts"
export { segmentOf } from "./names.ts"
export type { LocalSettings } from "./normalize.ts"
