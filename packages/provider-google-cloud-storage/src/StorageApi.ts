/**
 * One function per remote call: it authorises and decodes a single attempt. No loops, no policy.
 */
export * from "./api/buckets.ts"
export * from "./api/objects.ts"
export * from "./api/uploads.ts"
