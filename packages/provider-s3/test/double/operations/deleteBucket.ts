/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucket.html: only when no object is left. */
import { empty } from "../Answer.ts"
import type { Operation } from "../Operation.ts"
import { S3Failure } from "../S3Failure.ts"
import { versionsOf } from "../versions.ts"

export const deleteBucket: Operation = {
  name: "DeleteBucket",
  method: "DELETE",
  level: "bucket",
  requires: [],
  permits: [],
  headers: [],
  access: "write",
  run: ({ bucket, buckets, target }) => {
    if (versionsOf(bucket()).length > 0)
      throw new S3Failure(409, "BucketNotEmpty", "The bucket you tried to delete is not empty")
    buckets.delete(target.bucket)
    return empty(204)
  }
}
