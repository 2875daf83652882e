/** Bodies in parts (RFC 2046 5.1): multipart/related of uploads, multipart/mixed of batches. */
import type { RawRequest } from "./rawRequest.ts"
import { header } from "./rawRequest.ts"
import { invalid } from "./Refusal.ts"

export interface Part {
  readonly headers: RawRequest["headers"]
  readonly body: Buffer
}

/** Lines of headers up to the empty one, and what is behind it. */
export const splitHead = (bytes: Buffer): readonly [lines: ReadonlyArray<string>, rest: Buffer] => {
  if (bytes.subarray(0, 2).toString() === "\r\n") return [[], bytes.subarray(2)]
  const end = bytes.indexOf("\r\n\r\n")
  if (end < 0) throw invalid("A part has no end of its headers.")
  return [bytes.subarray(0, end).toString().split("\r\n"), bytes.subarray(end + 4)]
}

export const headersOf = (lines: ReadonlyArray<string>): RawRequest["headers"] =>
  lines.map((line) => {
    const at = line.indexOf(":")
    if (at < 1) throw invalid("A header of a part is malformed.")
    return [line.slice(0, at).trim().toLowerCase(), line.slice(at + 1).trim()]
  })

const partOf = (bytes: Buffer): Part => {
  const [lines, body] = splitHead(bytes)
  return { headers: headersOf(lines), body }
}

/** The parts between the boundaries that the content type names. */
export const readParts = (request: RawRequest, type: "related" | "mixed"): ReadonlyArray<Part> => {
  const declared = header(request, "content-type") ?? ""
  const [, kind, , quoted, bare] =
    /^multipart\/(related|mixed)\s*;(.*;)?\s*boundary=(?:"([^"]+)"|([^\s;]+))/i.exec(declared) ?? []
  const boundary = quoted ?? bare
  if (kind?.toLowerCase() !== type || boundary === undefined)
    throw invalid(`Failed to parse the content type: multipart/${type} with a boundary is wanted.`)
  const delimiter = Buffer.from(`\r\n--${boundary}`)
  const bytes = Buffer.concat([Buffer.from("\r\n"), request.body])
  const parts: Array<Part> = []
  let from = bytes.indexOf(delimiter)
  while (from >= 0) {
    const begin = from + delimiter.length
    if (bytes.subarray(begin, begin + 2).toString() === "--") return parts
    const end = bytes.indexOf(delimiter, begin)
    if (end < 0) break
    if (bytes.subarray(begin, begin + 2).toString() !== "\r\n") throw invalid("A boundary does not end its line.")
    parts.push(partOf(bytes.subarray(begin + 2, end)))
    from = end
  }
  throw invalid("Missing end boundary in multipart body.")
}
