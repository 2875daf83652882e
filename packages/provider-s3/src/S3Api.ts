/**
 * One function per remote call: it builds, signs and decodes a single attempt. No loops, no policy.
 */
export * from "./api/buckets.ts"
export * from "./api/multipart.ts"
export * from "./api/objects.ts"
export * from "./api/versions.ts"
export { download } from "./api/download.ts"
