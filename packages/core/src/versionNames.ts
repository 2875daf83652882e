/**
 * Names of old versions, as rclone writes them: the time of the version in UTC before the extension,
 * `report-v2026-02-03-040506-123.txt`.
 */
import * as DateTime from "effect/DateTime"

const suffix = /-v(\d{4})-(\d{2})-(\d{2})-(\d{2})(\d{2})(\d{2})-(\d{3})$/

/** The name without its extension, and the extension: none where the name is nothing else, as `.profile`. */
const split = (name: string): readonly [base: string, extension: string] => {
  const dot = name.lastIndexOf(".")
  return dot <= 0 ? [name, ""] : [name.slice(0, dot), name.slice(dot)]
}

/** The name of a version from this time, in milliseconds since 1970. */
export const versionName = (name: string, time: number): string => {
  const [base, extension] = split(name)
  const [date = "", rest = ""] = DateTime.formatIso(DateTime.makeUnsafe(Math.floor(time))).split("T")
  const [clock = "", millis = ""] = rest.replace("Z", "").split(".")
  return `${base}-v${date}-${clock.replaceAll(":", "")}-${millis}${extension}`
}

/** The name and time that such a name stands for; undefined if it is none. */
export const parseVersionName = (name: string): { readonly name: string; readonly time: number } | undefined => {
  const [base, extension] = split(name)
  const match = suffix.exec(base)
  if (match === null) return undefined
  const [year, month, day, hour, minute, second, millis] = match.slice(1)
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}.${millis}Z`)
  return Number.isNaN(time) ? undefined : { name: `${base.slice(0, match.index)}${extension}`, time }
}
