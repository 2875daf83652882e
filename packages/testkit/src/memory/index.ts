/**
 * Memory stores, for tests of anything that uses an object store.
 */
export { interceptable } from "./interceptable.ts"
export { memoryStore } from "./memoryStore.ts"
export { memorySubject } from "./memorySubject.ts"
export type { Personality } from "./Personality.ts"
export * from "./personalities.ts"
