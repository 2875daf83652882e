/**
 * Conditional requests.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-requests.html
 */
import { noSuchKey, type StoredObject } from "./objects.ts"
import { header, type RawRequest } from "./rawRequest.ts"
import { notImplemented, S3Failure } from "./S3Failure.ts"

const failed = (condition: string) =>
  new S3Failure(412, "PreconditionFailed", "At least one of the pre-conditions you specified did not hold", {
    elements: { Condition: condition }
  })

const bare = (etag: string) => etag.trim().replace(/^"|"$/g, "")

const names = (list: string, { etag }: StoredObject): boolean =>
  list.trim() === "*" || list.split(",").some((one) => bare(one) === bare(etag))

/** If-Match outranks If-Unmodified-Since, If-None-Match outranks If-Modified-Since (RFC 9110 13.2.2). */
const evaluate = (request: RawRequest, stored: StoredObject, prefix: string): "go" | "failed" | "not-modified" => {
  const condition = (name: string) => header(request, `${prefix}${name}`)
  const since = (date: string) => stored.lastModified > Date.parse(date)
  const [match, noneMatch] = [condition("if-match"), condition("if-none-match")]
  const [unmodified, modified] = [condition("if-unmodified-since"), condition("if-modified-since")]
  if (match === undefined ? unmodified !== undefined && since(unmodified) : !names(match, stored)) return "failed"
  const changed = noneMatch === undefined ? modified === undefined || since(modified) : !names(noneMatch, stored)
  return changed ? "go" : "not-modified"
}

/** For GET and HEAD: throws 412, or tells that the answer is 304. */
export const notModified = (request: RawRequest, stored: StoredObject): boolean => {
  const outcome = evaluate(request, stored, "")
  if (outcome === "failed") throw failed("If-Match")
  return outcome === "not-modified"
}

/** For the source of a copy, where every failed condition is 412. */
export const checkCopySource = (request: RawRequest, stored: StoredObject): void => {
  if (evaluate(request, stored, "x-amz-copy-source-") !== "go") throw failed("x-amz-copy-source-If-Match")
}

/** For writes: If-None-Match takes only `*`; If-Match on a missing key is NoSuchKey. */
export const checkWrite = (request: RawRequest, key: string, current: StoredObject | undefined): void => {
  const noneMatch = header(request, "if-none-match")
  if (noneMatch !== undefined && noneMatch !== "*") throw notImplemented({ Header: "If-None-Match" })
  if (noneMatch === "*" && current !== undefined) throw failed("If-None-Match")
  const match = header(request, "if-match")
  if (match === undefined) return
  if (current === undefined) throw noSuchKey(key)
  if (!names(match, current)) throw failed("If-Match")
}

/** For DeleteObject: a key that is gone already satisfies If-Match. */
export const checkDelete = (request: RawRequest, current: StoredObject | undefined): void => {
  const match = header(request, "if-match")
  if (match !== undefined && current !== undefined && !names(match, current)) throw failed("If-Match")
}
