/** The place that is tested. */
import { family } from "@mooring/testkit/doctor"
import { refused, saying, withDouble } from "../worlds.ts"

const at = (...path: ReadonlyArray<string>) => withDouble(() => ({ at: path }))

export const bucket = family("bucket", [
  {
    name: "missing",
    arrange: at("missing"),
    finding: "list failed not_found -",
    suggestion: "a bucket that exists"
  },
  {
    name: "of another account",
    arrange: saying(refused(403, "AccessDenied"), () => ({ at: ["bucket"] })),
    finding: "list failed permission_denied #/access_key_id",
    suggestion: "another bucket"
  },
  {
    name: "a name that no bucket has",
    arrange: at("my bucket"),
    finding: "list failed invalid_name -",
    suggestion: "a bucket by its own name"
  },
  {
    name: "a name that the service refuses",
    arrange: saying(refused(400, "InvalidBucketName"), () => ({ at: ["My_Bucket"] })),
    finding: "list failed invalid_name -",
    suggestion: "a bucket by its own name"
  },
  {
    name: "a URL instead of a name",
    arrange: at("s3://b"),
    finding: "list failed invalid_name -",
    suggestion: "a bucket by its own name"
  },
  {
    name: "a place with nothing in it yet",
    arrange: withDouble(() => ({ at: ["b", "new"], write: true })),
    finding: "passed"
  },
  {
    name: "an object as the place",
    arrange: withDouble(({ buckets }) => {
      const body = Buffer.from("text")
      const attributes = { contentType: "text/plain", system: {}, metadata: {} }
      buckets.get("b")?.objects.set("object", {
        key: "object",
        body,
        etag: '"1cb251ec0d568de6a929b520c4aed8d1"',
        lastModified: 0,
        ...attributes
      })
      return { at: ["b", "object"] }
    }),
    finding: "list failed not_a_directory -",
    suggestion: "the directory around it"
  },
  {
    name: "no place to write to",
    arrange: withDouble(() => ({ write: true })),
    finding: "passed"
  }
])
