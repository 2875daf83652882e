/**
 * OpenStack Swift.
 */
export { Swift, Swift as default } from "./Swift.ts"
export type { SwiftSettings } from "./SwiftSettings.ts"
