/** https://cloud.google.com/storage/docs/json_api/v1/buckets/get */
import { jsonAnswer } from "../Answer.ts"
import type { Operation } from "../Operation.ts"
import { bucketResource } from "../resources.ts"

export const getBucket: Operation = {
  name: "buckets.get",
  method: "GET",
  route: "/storage/v1/b/{bucket}",
  permits: ["projection"],
  run: ({ access, at, origin }) => {
    const bucket = access.bucket(at["bucket"]!)
    access.require("storage.buckets.get", bucket)
    return jsonAnswer(bucketResource(origin, bucket))
  }
}
