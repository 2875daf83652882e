/**
 * What a value is where it is another in each run; all other values are compared as they are.
 */
import type { SentRequest, ValueClass } from "@mooring/testkit/vendorDiff"

const time = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/

/** Every class. */
export const classes: ReadonlyArray<ValueClass> = [
  ["header", "authorization", /^SharedKey doubleaccount:[\w+/]{43}=$/, "a signature"],
  ["header", "x-ms-date", time, "a time"],
  ["header", "host", /^127\.0\.0\.1:\d+$/, "host and port"],
  ["header", "user-agent", /^azsdk-js-/, "the name of the client"],
  ["header", "x-ms-client-request-id", /^[\da-f-]{36}$/, "an id of the call"],
  ["header", "content-md5", /^[\w+/]{22}==$/, "a digest"],
  ["header", "x-ms-blob-content-md5", /^[\w+/]{22}==$/, "a digest"],
  ["header", "x-ms-meta-mtime", /^\d{4}-.*Z$/, "a time"],
  ["header", "if-match", /^"0x8D[\dA-F]+"$/, "an ETag"],
  ["header", "x-ms-source-if-match", /^"0x8D[\dA-F]+"$/, "an ETag"],
  ["header", "x-ms-copy-source", /^http:\/\/127\.0\.0\.1:\d+\/doubleaccount\/container\/stored$/, "the stored blob"],
  ["header", "content-type", /^multipart\/mixed; boundary=batch_[\w-]+$/, "parts between boundaries"],
  ["parameter", "blockid", /^[\w%]+$/, "an id of a block"],
  ["parameter", "marker", /^2(?:!|%21)[\w%-]+$/, "a marker"],
  ["parameter", "versionid", /^\d{4}-\d\d-\d\dT/, "an id of a version"],
  ["parameter", "copyid", /^[\da-f-]{36}$/, "an id of a copy"],
  ["field", "part.x-ms-date", time, "a time"],
  ["field", "part.authorization", /^SharedKey doubleaccount:[\w+/]{43}=$/, "a signature"],
  ["field", "part.x-ms-client-request-id", /^[\da-f-]{36}$/, "an id of the call"],
  ["field", "Start", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "a time"],
  ["field", "Expiry", /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, "a time"]
]

/** Line and headers of each part of a batch, as `part.0.line`. */
const partFields = (body: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    body
      .split(/--batch_[\w-]+(?:--)?\r\n/)
      .filter((part) => part.trim() !== "")
      .flatMap((part, index) => {
        const [around = "", inner = ""] = part.split("\r\n\r\n")
        const [line = "", ...lines] = inner.split("\r\n")
        const headers = [...around.split("\r\n"), ...lines].map((header) => header.split(": "))
        return [["line", line], ...headers].map(
          ([key = "", value = ""]) => [`part.${index}.${key.toLowerCase()}`, value] as const
        )
      })
  )

/** What of a body is compared: of a list of blocks the kinds, of a batch its parts, of others each element. */
export const fields = ({ operation, body = new Uint8Array() }: SentRequest): Readonly<Record<string, string>> => {
  const text = Buffer.from(body).toString()
  if (operation === "BlobBatch") return partFields(text)
  if (operation === "PutBlockList") {
    return Object.fromEntries([...text.matchAll(/<(\w+)>[^<]+</g)].map(([, kind = ""], index) => [String(index), kind]))
  }
  if (operation !== "GetUserDelegationKey") return { bytes: String(body.byteLength) }
  return Object.fromEntries([...text.matchAll(/<(\w+)>([^<]+)</g)].map(([, key = "", value = ""]) => [key, value]))
}
