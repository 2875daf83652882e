/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html: by key, then by start. */
import { xmlAnswer } from "../Answer.ts"
import { compareKeys } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { document, element } from "../xml.ts"
import { openToken, sealToken } from "./continuationToken.ts"
import { listingPage } from "./listingPage.ts"
import { readEncoding, readLimit } from "./listingParameters.ts"

export const listMultipartUploads: Operation = {
  name: "ListMultipartUploads",
  method: "GET",
  level: "bucket",
  requires: ["uploads"],
  permits: ["prefix", "delimiter", "key-marker", "upload-id-marker", "max-uploads", "encoding-type"],
  headers: [],
  access: "read",
  run: ({ request, bucket, pageSize, tokenSecret }) => {
    const encode = readEncoding(request)
    const limit = readLimit(request, "max-uploads")
    const given = (name: string) => parameter(request, name) ?? ""
    const [prefix, delimiter, keyMarker, idMarker] = [
      given("prefix"),
      given("delimiter"),
      given("key-marker"),
      given("upload-id-marker")
    ]
    const { directory = false } = bucket()
    const sorted = [...bucket().uploads.values()].sort(
      (left, right) => compareKeys(left.key, right.key) || left.initiated - right.initiated
    )
    // The key marker of a directory bucket is no key, but says all that there is to say.
    const marked = directory
      ? keyMarker === ""
        ? -1
        : sorted.findIndex(({ id }) => id === openToken(keyMarker, tokenSecret))
      : idMarker === ""
        ? -1
        : sorted.findIndex(({ id, key }) => id === idMarker && key === keyMarker)
    const page = listingPage(marked < 0 ? sorted : sorted.slice(marked + 1), {
      prefix,
      delimiter,
      after: marked < 0 ? keyMarker : "",
      limit: Math.min(limit, pageSize)
    })
    const last = page.items.at(-1)
    return xmlAnswer(
      document("ListMultipartUploadsResult", [
        element("Bucket", bucket().name),
        element("KeyMarker", encode(keyMarker)),
        element("UploadIdMarker", idMarker),
        element("Prefix", encode(prefix)),
        ...(delimiter === "" ? [] : [element("Delimiter", encode(delimiter))]),
        ...(page.next === undefined
          ? []
          : directory
            ? [element("NextKeyMarker", sealToken(last!.id, tokenSecret))]
            : [
                element("NextKeyMarker", encode(page.next)),
                element("NextUploadIdMarker", last?.key === page.next ? last.id : "")
              ]),
        element("MaxUploads", limit),
        element("IsTruncated", page.next !== undefined),
        ...page.items.map(({ key, id, initiated }) =>
          element("Upload", [
            element("Key", encode(key)),
            element("UploadId", id),
            element("StorageClass", "STANDARD"),
            element("Initiated", new Date(initiated).toISOString())
          ])
        ),
        ...page.prefixes.map((found) => element("CommonPrefixes", [element("Prefix", encode(found))]))
      ])
    )
  }
}
