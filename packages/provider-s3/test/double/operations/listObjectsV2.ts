/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
import { xmlAnswer } from "../Answer.ts"
import { compareInDirectory } from "../directoryOrder.ts"
import { compareKeys } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { document, element } from "../xml.ts"
import { openToken, sealToken } from "./continuationToken.ts"
import { listedObjects } from "./listedObjects.ts"
import { listingPage } from "./listingPage.ts"
import { readEncoding, readLimit } from "./listingParameters.ts"

export const listObjectsV2: Operation = {
  name: "ListObjectsV2",
  method: "GET",
  level: "bucket",
  requires: ["list-type=2"],
  permits: ["prefix", "delimiter", "max-keys", "continuation-token", "start-after", "encoding-type", "fetch-owner"],
  headers: [],
  access: "read",
  run: ({ request, bucket, pageSize, tokenSecret }) => {
    const encode = readEncoding(request)
    const limit = readLimit(request, "max-keys")
    const [prefix = "", delimiter = ""] = [parameter(request, "prefix"), parameter(request, "delimiter")]
    const [token, startAfter] = [parameter(request, "continuation-token"), parameter(request, "start-after")]
    const after = token === undefined ? (startAfter ?? "") : openToken(token, tokenSecret)
    const compare = bucket().directory === true ? compareInDirectory : compareKeys
    const sorted = [...bucket().objects.values()].sort((left, right) => compare(left.key, right.key))
    const page = listingPage(sorted, { prefix, delimiter, after, limit: Math.min(limit, pageSize), compare })
    return xmlAnswer(
      document("ListBucketResult", [
        element("Name", bucket().name),
        element("Prefix", encode(prefix)),
        ...(delimiter === "" ? [] : [element("Delimiter", encode(delimiter))]),
        ...(parameter(request, "encoding-type") === undefined ? [] : [element("EncodingType", "url")]),
        ...(startAfter === undefined ? [] : [element("StartAfter", encode(startAfter))]),
        ...(token === undefined ? [] : [element("ContinuationToken", token)]),
        ...(page.next === undefined ? [] : [element("NextContinuationToken", sealToken(page.next, tokenSecret))]),
        element("KeyCount", page.items.length + page.prefixes.length),
        element("MaxKeys", limit),
        element("IsTruncated", page.next !== undefined),
        ...listedObjects(page, encode, parameter(request, "fetch-owner") === "true", bucket().directory)
      ])
    )
  }
}
