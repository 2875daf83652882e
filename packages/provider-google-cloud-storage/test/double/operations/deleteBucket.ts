/** https://cloud.google.com/storage/docs/json_api/v1/buckets/delete */
import { empty } from "../Answer.ts"
import type { Operation } from "../Operation.ts"
import { Refusal } from "../Refusal.ts"

export const deleteBucket: Operation = {
  name: "buckets.delete",
  method: "DELETE",
  route: "/storage/v1/b/{bucket}",
  run: ({ access, at, buckets }) => {
    const bucket = access.bucket(at["bucket"]!)
    access.require("storage.buckets.delete", bucket)
    if (bucket.objects.size > 0)
      throw new Refusal(409, "conflict", "The bucket you tried to delete is not empty.", { code: "BucketNotEmpty" })
    buckets.delete(bucket.name)
    return empty(204)
  }
}
