/**
 * Modification times as text in the metadata of an object: seconds since 1970 with a fraction, as rclone writes them.
 */

/** Seconds with a fraction of at most six digits, without zeros at its end: `1354040105.123`. */
export const formatModified = (modified: number): string => {
  const micros = Math.round(Math.abs(modified) * 1000)
  const fraction = String(micros % 1_000_000)
    .padStart(6, "0")
    .replace(/0+$/, "")
  return `${modified < 0 ? "-" : ""}${Math.floor(micros / 1_000_000)}${fraction === "" ? "" : `.${fraction}`}`
}

/** The most milliseconds from 1970 on, before or after, that a date can be (ECMAScript, 21.4.1.1): 275,760 years. */
const maxTime = 8.64e15

/**
 * Milliseconds of such a text; undefined if it is none, or of a time that no date can be: anybody can write one. Split,
 * since a product of fractions would be inexact.
 */
export const parseModified = (text: string | undefined): number | undefined => {
  const match = /^(-?)(\d{1,13})(?:\.(\d+))?$/.exec(text?.trim() ?? "")
  if (match === null) return undefined
  const millis = Number(match[2]) * 1000 + Number((match[3] ?? "").slice(0, 9).padEnd(9, "0")) / 1e6
  if (millis > maxTime) return undefined
  return match[1] === "-" ? -millis : millis
}
