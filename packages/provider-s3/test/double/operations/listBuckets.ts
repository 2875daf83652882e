/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html, without its paging. */
import { xmlAnswer } from "../Answer.ts"
import { compareKeys } from "../objects.ts"
import type { Operation } from "../Operation.ts"
import { document, element } from "../xml.ts"

export const listBuckets: Operation = {
  name: "ListBuckets",
  method: "GET",
  level: "service",
  requires: [],
  permits: [],
  headers: [],
  access: "read",
  run: ({ buckets }) =>
    xmlAnswer(
      document("ListAllMyBucketsResult", [
        element(
          "Buckets",
          [...buckets.values()]
            .sort((left, right) => compareKeys(left.name, right.name))
            .map(({ name, created }) =>
              element("Bucket", [element("Name", name), element("CreationDate", new Date(created).toISOString())])
            )
        ),
        element("Owner", [element("ID", "double")])
      ])
    )
}
