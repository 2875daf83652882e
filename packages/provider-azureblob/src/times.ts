/**
 * Modification times as rclone keeps them in the metadata `mtime`: RFC 3339 with nine decimals.
 */
import * as DateTime from "effect/DateTime"

/** `2006-01-02T15:04:05.000000000Z`, exact to a microsecond, of milliseconds since 1970. */
export const formatModified = (modified: number): string => {
  const micros = Math.round(modified * 1000)
  const seconds = Math.floor(micros / 1_000_000)
  const fraction = String(micros - seconds * 1_000_000).padStart(6, "0")
  return `${DateTime.formatIso(DateTime.makeUnsafe(seconds * 1000)).slice(0, -5)}.${fraction}000Z`
}

/** Milliseconds of such a text; undefined if it is none. */
export const parseModified = (text: string | undefined): number | undefined => {
  const match = /^(.{19})(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text?.trim() ?? "")
  if (match === null) return undefined
  const whole = Date.parse(`${match[1]}${match[3]}`)
  return Number.isNaN(whole) ? undefined : whole + Number((match[2] ?? "").padEnd(9, "0")) / 1e6
}

/** Milliseconds of a date of HTTP; undefined if it is none. */
export const timeOf = (text: string | undefined): number | undefined => {
  const time = text === undefined ? Number.NaN : Date.parse(text)
  return Number.isNaN(time) ? undefined : time
}
