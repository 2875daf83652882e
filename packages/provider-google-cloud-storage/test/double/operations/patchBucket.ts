/** https://cloud.google.com/storage/docs/json_api/v1/buckets/patch */
import { jsonAnswer } from "../Answer.ts"
import { jsonBody } from "../attributes.ts"
import type { Operation } from "../Operation.ts"
import { invalid } from "../Refusal.ts"
import { bucketResource } from "../resources.ts"
import { readBucketOptions } from "./bucketOptions.ts"

export const patchBucket: Operation = {
  name: "buckets.patch",
  method: "PATCH",
  route: "/storage/v1/b/{bucket}",
  permits: ["projection"],
  run: ({ request, access, at, origin }) => {
    const bucket = access.bucket(at["bucket"]!)
    access.require("storage.buckets.update", bucket)
    const { location, storageClass, ...options } = readBucketOptions(jsonBody(request))
    if ((location ?? storageClass) !== undefined) throw invalid("Location and storage class of a bucket stay.")
    Object.assign(bucket, options, { metageneration: bucket.metageneration + 1 })
    return jsonAnswer(bucketResource(origin, bucket))
  }
}
