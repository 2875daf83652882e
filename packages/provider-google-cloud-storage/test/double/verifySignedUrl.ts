/**
 * Signed URLs of version 4 with keys of service accounts.
 *
 * Source: https://cloud.google.com/storage/docs/authentication/signatures
 */
import { createHash, verify } from "node:crypto"
import type { ServiceAccount } from "./identities.ts"
import { header, parameter, type RawRequest } from "./rawRequest.ts"
import { Refusal } from "./Refusal.ts"

const refused = (status: number, code: string, message: string) => new Refusal(status, "forbidden", message, { code })

const malformed = (name: string) => refused(400, "InvalidQueryParameterValue", `The parameter ${name} is malformed.`)

const algorithm = "GOOG4-RSA-SHA256"
const week = 604_800

const readDate = (value: string): number => {
  const [match, ...digits] = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(value) ?? []
  if (match === undefined) throw malformed("X-Goog-Date")
  const [year = 0, month = 1, ...rest] = digits.map(Number)
  return Date.UTC(year, month - 1, ...rest)
}

const checkTime = (date: string, expires: string, now: number): void => {
  const signed = readDate(date)
  if (!/^\d{1,6}$/.test(expires) || Number(expires) < 1 || Number(expires) > week) throw malformed("X-Goog-Expires")
  if (now < signed - 15 * 60_000) throw refused(403, "AccessDenied", "The signature is not valid yet.")
  if (now > signed + Number(expires) * 1000) throw refused(400, "ExpiredToken", "The provided token has expired.")
}

const trimmed = (value: string) => value.trim().replace(/\s+/g, " ")

/** `host` is what is taken for the header of that name: clients sign it with the port or without. */
const canonicalRequest = (request: RawRequest, signedHeaders: ReadonlyArray<string>, host: string): string => {
  const query = request.rawQuery
    .filter((pair) => !pair.startsWith("X-Goog-Signature="))
    .toSorted((left, right) => (left.split("=")[0]! < right.split("=")[0]! ? -1 : 1))
  const headers = signedHeaders.map((name) => `${name}:${trimmed(name === "host" ? host : header(request, name)!)}\n`)
  const payload = header(request, "x-goog-content-sha256") ?? "UNSIGNED-PAYLOAD"
  return [request.method, request.path, query.join("&"), headers.join(""), signedHeaders.join(";"), payload].join("\n")
}

const readSignedHeaders = (request: RawRequest): ReadonlyArray<string> => {
  const names = parameter(request, "X-Goog-SignedHeaders")?.split(";") ?? []
  const sorted = [...names].sort().join() === names.join()
  if (!names.includes("host") || !sorted) throw malformed("X-Goog-SignedHeaders")
  const missing = names.find((name) => header(request, name) === undefined)
  if (missing !== undefined)
    throw refused(
      400,
      "MalformedSecurityHeader",
      `Header was included in signedheaders, but not in the request: ${missing}`
    )
  const unsigned = request.headers.find(([name]) => name.startsWith("x-goog-") && !names.includes(name))?.[0]
  if (unsigned !== undefined)
    throw refused(403, "AccessDenied", `Header was not included in signedheaders: ${unsigned}`)
  return names
}

/** The account that signed the URL, as it stands. */
export const verifySignedUrl = (
  request: RawRequest,
  accounts: ReadonlyArray<ServiceAccount>,
  now: number
): ServiceAccount => {
  const read = (name: string): string => {
    const value = parameter(request, name)
    if (value === undefined) throw refused(400, "InvalidQueryParameterValue", `The parameter ${name} is missing.`)
    return value
  }
  if (read("X-Goog-Algorithm") !== algorithm) throw malformed("X-Goog-Algorithm")
  const date = read("X-Goog-Date")
  const [, email, scope] = /^([^/]+)\/(\d{8}\/[a-z\d-]+\/storage\/goog4_request)$/.exec(read("X-Goog-Credential")) ?? []
  if (email === undefined || scope?.slice(0, 8) !== date.slice(0, 8)) throw malformed("X-Goog-Credential")
  checkTime(date, read("X-Goog-Expires"), now)
  const account = accounts.find((one) => one.email === email)
  const names = readSignedHeaders(request)
  const signature = Buffer.from(read("X-Goog-Signature"), "hex")
  const host = header(request, "host")!
  const holds = [host, host.replace(/:\d+$/, "")].some((one) => {
    const digest = createHash("sha256")
      .update(canonicalRequest(request, names, one))
      .digest("hex")
    const signed = [algorithm, date, scope, digest].join("\n")
    return account !== undefined && verify("RSA-SHA256", Buffer.from(signed), account.publicKey, signature)
  })
  if (account === undefined || !holds)
    throw refused(403, "SignatureDoesNotMatch", "Access denied. The request signature does not match.")
  return account
}
