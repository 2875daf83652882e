/**
 * Times in the metadata of objects: RFC 3339 with as many decimals as are needed, as rclone writes `mtime`, and whole
 * seconds since 1970, as gsutil writes `goog-reserved-file-mtime`.
 */
import * as DateTime from "effect/DateTime"

/** `2006-01-02T15:04:05.000001Z`, exact to a microsecond, of milliseconds since 1970. */
export const formatTime = (time: number): string => {
  const micros = Math.round(time * 1000)
  const seconds = Math.floor(micros / 1_000_000)
  const fraction = String(micros - seconds * 1_000_000)
    .padStart(6, "0")
    .replace(/0+$/, "")
  const whole = DateTime.formatIso(DateTime.makeUnsafe(seconds * 1000)).slice(0, -5)
  return `${whole}${fraction === "" ? "" : `.${fraction}`}Z`
}

/** Milliseconds of such a text; undefined if it is none. */
export const parseTime = (text: string | null | undefined): number | undefined => {
  const match = /^(.{19})(?:\.(\d{1,9}))?(Z|[+-]\d\d:\d\d)$/.exec(text?.trim() ?? "")
  if (match === null) return undefined
  const whole = Date.parse(`${match[1]}${match[3]}`)
  return Number.isNaN(whole) ? undefined : whole + Number((match[2] ?? "").padEnd(9, "0")) / 1e6
}

/** Whole seconds since 1970. */
export const formatSeconds = (time: number): string => String(Math.floor(time / 1000))

/** Milliseconds of whole seconds; undefined if it is none. */
export const parseSeconds = (text: string | undefined): number | undefined =>
  /^-?\d{1,11}$/.test(text ?? "") ? Number(text) * 1000 : undefined
