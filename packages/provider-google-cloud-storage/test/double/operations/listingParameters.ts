/** Parameters that listings share. */
import { parameter, type RawRequest } from "../rawRequest.ts"
import { invalidParameter } from "../Refusal.ts"
import { unseal } from "../seal.ts"

/** At most as many as a page has; a number below 1 is refused. */
export const readLimit = (request: RawRequest, pageSize: number): number => {
  const value = parameter(request, "maxResults")
  if (value === undefined) return pageSize
  if (!/^[1-9]\d{0,9}$/.test(value)) throw invalidParameter("maxResults", value)
  return Math.min(Number(value), pageSize)
}

/** Where the page before ended; undefined for the first. */
export const readPageToken = (request: RawRequest, secret: string): string | undefined => {
  const token = parameter(request, "pageToken")
  if (token === undefined) return undefined
  const after = unseal(token, secret)
  if (after === undefined) throw invalidParameter("pageToken", token)
  return after
}

/** A boolean parameter; false if absent. */
export const readFlag = (request: RawRequest, name: string): boolean => {
  const value = parameter(request, name) ?? "false"
  if (value !== "true" && value !== "false") throw invalidParameter(name, value)
  return value === "true"
}
