/**
 * One range of bytes (RFC 9110, 14). Another unit, several ranges or a malformed header are ignored, as the RFC permits.
 */
import type { Range } from "@mooring/core/ObjectStore"

/** The range that a header asks for, or undefined for the whole. */
export const rangeOf = (header: string | undefined): Range | undefined => {
  const [, first = "", last = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? "") ?? []
  if (first === "") return last === "" ? undefined : { suffix: Number(last) }
  if (last === "") return { start: Number(first) }
  return Number(last) < Number(first) ? undefined : { start: Number(first), end: Number(last) }
}
