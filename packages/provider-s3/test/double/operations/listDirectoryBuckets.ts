/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListDirectoryBuckets.html */
import { xmlAnswer } from "../Answer.ts"
import { compareKeys } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { document, element } from "../xml.ts"
import { openToken, sealToken } from "./continuationToken.ts"
import { readLimit } from "./listingParameters.ts"

export const listDirectoryBuckets: Operation = {
  name: "ListDirectoryBuckets",
  method: "GET",
  level: "service",
  requires: [],
  permits: ["continuation-token", "max-directory-buckets"],
  headers: [],
  access: "read",
  run: ({ request, buckets, pageSize, tokenSecret }) => {
    const limit = Math.min(readLimit(request, "max-directory-buckets"), pageSize)
    const token = parameter(request, "continuation-token")
    const after = token === undefined ? "" : openToken(token, tokenSecret)
    const rest = [...buckets.values()]
      .sort((left, right) => compareKeys(left.name, right.name))
      .filter(({ name }) => compareKeys(name, after) > 0)
    const page = rest.slice(0, limit)
    return xmlAnswer(
      document("ListAllMyDirectoryBucketsResult", [
        element(
          "Buckets",
          page.map(({ name, created }) =>
            element("Bucket", [element("Name", name), element("CreationDate", new Date(created).toISOString())])
          )
        ),
        ...(page.length < rest.length ? [element("ContinuationToken", sealToken(page.at(-1)!.name, tokenSecret))] : [])
      ])
    )
  }
}
