/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLocation.html: us-east-1 is told as an empty element. */
import { xmlAnswer } from "../Answer.ts"
import { existingBucket } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { document } from "../xml.ts"

export const getBucketLocation: Operation = {
  name: "GetBucketLocation",
  method: "GET",
  level: "bucket",
  requires: ["location"],
  permits: [],
  headers: [],
  access: "read",
  run: ({ buckets, target }) => {
    const { region } = existingBucket(buckets, target.bucket)
    return xmlAnswer(document("LocationConstraint", region === "us-east-1" ? [] : [region]))
  }
}
