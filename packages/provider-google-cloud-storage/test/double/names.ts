/**
 * Names that buckets and objects may have.
 *
 * Sources: https://cloud.google.com/storage/docs/buckets#naming, https://cloud.google.com/storage/docs/objects#naming
 */
import { invalid } from "./Refusal.ts"

export const checkBucketName = (name: string): void => {
  const longest = name.includes(".") ? 222 : 63
  const shape = /^[a-z\d][a-z\d._-]*[a-z\d]$/.test(name) && name.length >= 3 && name.length <= longest
  const parts = name.split(".")
  const address = /^\d{1,3}(\.\d{1,3}){3}$/.test(name)
  const reserved = name.startsWith("goog") || name.includes("google") || name.includes("g00gle")
  if (!shape || address || reserved || parts.some((part) => part === "" || part.length > 63))
    throw invalid(`Invalid bucket name: '${name}'`)
}

export const checkObjectName = (name: string): void => {
  const bytes = Buffer.byteLength(name)
  if (bytes === 0 || bytes > 1024 || name === "." || name === ".." || /[\r\n]/.test(name))
    throw invalid("Invalid object name.")
  if (name.startsWith(".well-known/acme-challenge/")) throw invalid("Invalid object name.")
}
