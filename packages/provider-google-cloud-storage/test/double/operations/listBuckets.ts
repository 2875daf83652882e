/** https://cloud.google.com/storage/docs/json_api/v1/buckets/list */
import { jsonAnswer } from "../Answer.ts"
import { compareNames } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { required } from "../Refusal.ts"
import { bucketResource } from "../resources.ts"
import { seal } from "../seal.ts"
import { readLimit, readPageToken } from "./listingParameters.ts"

export const listBuckets: Operation = {
  name: "buckets.list",
  method: "GET",
  route: "/storage/v1/b",
  requires: ["project"],
  permits: ["prefix", "maxResults", "pageToken", "projection"],
  run: ({ request, access, buckets, origin, project, pageSize, secret }) => {
    access.require("storage.buckets.list")
    const asked = parameter(request, "project")
    if (asked === "") throw required("project")
    const limit = readLimit(request, pageSize)
    const after = readPageToken(request, secret)
    const found = [...buckets.values()]
      .filter((bucket) => bucket.project === asked && project === asked)
      .filter(({ name }) => name.startsWith(parameter(request, "prefix") ?? ""))
      .sort((left, right) => compareNames(left.name, right.name))
      .filter(({ name }) => after === undefined || compareNames(name, after) > 0)
    const page = found.slice(0, limit)
    return jsonAnswer({
      kind: "storage#buckets",
      ...(found.length > limit && { nextPageToken: seal(page.at(-1)!.name, secret) }),
      ...(page.length > 0 && { items: page.map((bucket) => bucketResource(origin, bucket)) })
    })
  }
}
