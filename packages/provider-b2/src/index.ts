/**
 * Backblaze B2 by its native API.
 */
export { B2, B2 as default } from "./B2.ts"
export type { B2Settings } from "./B2Settings.ts"
