/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html: NextMarker is told beside a delimiter only. */
import { xmlAnswer } from "../Answer.ts"
import { compareKeys } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { document, element } from "../xml.ts"
import { listedObjects } from "./listedObjects.ts"
import { listingPage } from "./listingPage.ts"
import { readEncoding, readLimit } from "./listingParameters.ts"

export const listObjects: Operation = {
  name: "ListObjects",
  method: "GET",
  level: "bucket",
  requires: [],
  permits: ["prefix", "delimiter", "max-keys", "marker", "encoding-type"],
  headers: [],
  access: "read",
  run: ({ request, bucket, pageSize }) => {
    const encode = readEncoding(request)
    const limit = readLimit(request, "max-keys")
    const given = (name: string) => parameter(request, name) ?? ""
    const [prefix, delimiter, marker] = [given("prefix"), given("delimiter"), given("marker")]
    const sorted = [...bucket().objects.values()].sort((left, right) => compareKeys(left.key, right.key))
    const page = listingPage(sorted, { prefix, delimiter, after: marker, limit: Math.min(limit, pageSize) })
    return xmlAnswer(
      document("ListBucketResult", [
        element("Name", bucket().name),
        element("Prefix", encode(prefix)),
        element("Marker", encode(marker)),
        ...(delimiter === "" ? [] : [element("Delimiter", encode(delimiter))]),
        ...(parameter(request, "encoding-type") === undefined ? [] : [element("EncodingType", "url")]),
        ...(page.next === undefined || delimiter === "" ? [] : [element("NextMarker", encode(page.next))]),
        element("MaxKeys", limit),
        element("IsTruncated", page.next !== undefined),
        ...listedObjects(page, encode, true)
      ])
    )
  }
}
