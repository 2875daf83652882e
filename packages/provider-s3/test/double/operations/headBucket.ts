/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html */
import { empty } from "../Answer.ts"
import type { Operation } from "../Operation.ts"

export const headBucket: Operation = {
  name: "HeadBucket",
  method: "HEAD",
  level: "bucket",
  requires: [],
  permits: [],
  headers: [],
  access: "read",
  run: ({ bucket }) => empty(200, { "x-amz-bucket-region": bucket().region })
}
