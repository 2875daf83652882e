/** https://cloud.google.com/storage/docs/json_api/v1/objects/list */
import { jsonAnswer } from "../Answer.ts"
import { compareNames } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { objectResource } from "../resources.ts"
import { seal } from "../seal.ts"
import { listingPage } from "./listingPage.ts"
import { readFlag, readLimit, readPageToken } from "./listingParameters.ts"

export const listObjects: Operation = {
  name: "objects.list",
  method: "GET",
  route: "/storage/v1/b/{bucket}/o",
  permits: [
    "prefix",
    "delimiter",
    "maxResults",
    "pageToken",
    "startOffset",
    "endOffset",
    "includeTrailingDelimiter",
    "versions",
    "projection"
  ],
  run: ({ request, access, at, origin, pageSize, secret }) => {
    const bucket = access.bucket(at["bucket"]!)
    access.require("storage.objects.list", bucket)
    const versions = readFlag(request, "versions")
    const sorted = [...bucket.objects.entries()]
      .sort(([left], [right]) => compareNames(left, right))
      .flatMap(([, states]) => states.filter(({ deleted }) => versions || deleted === undefined))
    const page = listingPage(sorted, {
      prefix: parameter(request, "prefix") ?? "",
      delimiter: parameter(request, "delimiter") ?? "",
      startOffset: parameter(request, "startOffset") ?? "",
      endOffset: parameter(request, "endOffset") ?? "",
      trailing: readFlag(request, "includeTrailingDelimiter"),
      after: readPageToken(request, secret),
      limit: readLimit(request, pageSize)
    })
    return jsonAnswer({
      kind: "storage#objects",
      ...(page.next !== undefined && { nextPageToken: seal(page.next, secret) }),
      ...(page.prefixes.length > 0 && { prefixes: page.prefixes }),
      ...(page.items.length > 0 && { items: page.items.map((stored) => objectResource(origin, bucket, stored)) })
    })
  }
}
