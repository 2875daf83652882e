/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketVersioning.html: the double only switches it on. */
import { empty } from "../Answer.ts"
import { checkIntegrity, integrityHeaders } from "../integrity.ts"
import type { Operation } from "../Operation.ts"
import { fields, malformedXml, parseXml, required } from "../parseXml.ts"
import { notImplemented } from "../S3Failure.ts"
import { enableVersioning } from "../versions.ts"

export const putBucketVersioning: Operation = {
  name: "PutBucketVersioning",
  method: "PUT",
  level: "bucket",
  requires: ["versioning"],
  permits: [],
  headers: integrityHeaders,
  access: "write",
  run: ({ request, bucket }) => {
    checkIntegrity(request, true)
    const status = required(fields(parseXml(request.body, "VersioningConfiguration"), ["Status"]), "Status")
    if (status === "Suspended") throw notImplemented({ Status: status })
    if (status !== "Enabled") throw malformedXml()
    enableVersioning(bucket())
    return empty(200)
  }
}
