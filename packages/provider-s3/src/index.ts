/**
 * Amazon S3 and compatible object stores.
 */
export { S3, S3 as default } from "./S3.ts"
export type { CredentialSource, S3Credentials } from "./credentials/CredentialSource.ts"
export type { S3Settings } from "./S3Settings.ts"
