/** https://cloud.google.com/storage/docs/json_api/v1/buckets/insert */
import { jsonAnswer } from "../Answer.ts"
import { jsonBody } from "../attributes.ts"
import { checkBucketName } from "../names.ts"
import { newBucket } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { aclsOfBuckets, legacyAclRefused } from "../predefinedAcl.ts"
import { parameter } from "../rawRequest.ts"
import { invalidParameter, Refusal, required } from "../Refusal.ts"
import { bucketResource } from "../resources.ts"
import { readBucketOptions } from "./bucketOptions.ts"

export const insertBucket: Operation = {
  name: "buckets.insert",
  method: "POST",
  route: "/storage/v1/b",
  requires: ["project"],
  permits: ["predefinedAcl", "predefinedDefaultObjectAcl", "projection"],
  run: ({ request, access, buckets, origin, now, project }) => {
    access.require("storage.buckets.create")
    const sent = jsonBody(request)
    const asked = parameter(request, "project")
    if (asked === "") throw required("project")
    if (asked !== project) throw new Refusal(403, "forbidden", `The project ${asked} is not the double's.`)
    const name = sent["name"]
    if (typeof name !== "string") throw required("name")
    checkBucketName(name)
    const options = readBucketOptions(sent)
    const acl = parameter(request, "predefinedAcl")
    if (acl !== undefined && !aclsOfBuckets.includes(acl)) throw invalidParameter("predefinedAcl", acl)
    const objectAcl = parameter(request, "predefinedDefaultObjectAcl")
    if (options.uniformAccess === true && (acl ?? objectAcl) !== undefined)
      throw legacyAclRefused("use ACL API to update bucket policy")
    if (buckets.has(name))
      throw new Refusal(
        409,
        "conflict",
        "Your previous request to create the named bucket succeeded and you already own it."
      )
    const bucket = newBucket(name, {
      ...options,
      project,
      created: now,
      publicRead: acl?.startsWith("public") === true
    })
    buckets.set(name, bucket)
    return jsonAnswer(bucketResource(origin, bucket))
  }
}
