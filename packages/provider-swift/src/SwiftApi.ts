/**
 * One function per remote call: it builds and decodes a single attempt. No loops, no policy.
 */
export * from "./api/containers.ts"
export * from "./api/objects.ts"
