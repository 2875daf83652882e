/** The strict S3 double of provider-s3's tests. */
export type { AccessKey } from "./accessKeys.ts"
export { behaviours, type BehaviourId } from "./behaviours.ts"
export { defaultAccessKey, startS3Double, type S3Double, type S3DoubleOptions } from "./S3Double.ts"
