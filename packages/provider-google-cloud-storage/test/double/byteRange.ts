/** Byte ranges of downloads (RFC 9110 14.1.2), one range. */
import { Refusal } from "./Refusal.ts"

export interface ByteRange {
  readonly start: number
  /** Inclusive. */
  readonly end: number
}

/** Undefined when the header is to be ignored: other units, several ranges, no numbers, end before start. */
export const readRange = (value: string | undefined, size: number): ByteRange | undefined => {
  const [, first = "", last = ""] = /^bytes=(\d*)-(\d*)$/.exec(value ?? "") ?? []
  if ((first === "" && last === "") || (first !== "" && last !== "" && Number(last) < Number(first))) return undefined
  const start = first === "" ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === "" || last === "" ? size - 1 : Math.min(Number(last), size - 1)
  if (start > end)
    throw new Refusal(416, "requestedRangeNotSatisfiable", "Request range not satisfiable", {
      headers: { "content-range": `bytes */${size}` }
    })
  return { start, end }
}
