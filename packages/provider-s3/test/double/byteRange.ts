/** Byte ranges of GET and HEAD (RFC 9110 14.1.2), one range as S3 supports. */
import { S3Failure } from "./S3Failure.ts"

export interface ByteRange {
  readonly start: number
  /** Inclusive. */
  readonly end: number
}

/** Undefined when the header is to be ignored: other units, several ranges, no numbers, end before start. */
export const readRange = (value: string | undefined, size: number): ByteRange | undefined => {
  const found = /^bytes=(\d*)-(\d*)$/.exec(value ?? "")
  if (found === null || (found[1] === "" && found[2] === "")) return undefined
  const [first, last] = [found[1]!, found[2]!]
  if (first !== "" && last !== "" && Number(last) < Number(first)) return undefined
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1)
  if (start >= size || (first === "" && Number(last) === 0))
    throw new S3Failure(416, "InvalidRange", "The requested range is not satisfiable", {
      elements: { RangeRequested: value ?? "", ActualObjectSize: String(size) },
      headers: { "content-range": `bytes */${size}` }
    })
  return { start, end }
}
