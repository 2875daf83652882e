/**
 * Requests signed with the key of an account.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
 */
import { compareHeaderNames } from "@mooring/azure/headerOrder"
import { createHmac } from "node:crypto"
import { unauthenticated } from "./AzureFailure.ts"
import { decodeText, header, type RawRequest } from "./rawRequest.ts"

/** HMAC-SHA256 with a key in base64, in base64. */
export const hmac = (key: string, text: string): string =>
  createHmac("sha256", Buffer.from(key, "base64")).update(text).digest("base64")

const lineHeaders = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-md5",
  "content-type",
  "date",
  "if-modified-since",
  "if-match",
  "if-none-match",
  "if-unmodified-since",
  "range"
]

/** The text that is signed; `Date` is empty where `x-ms-date` stands for it. */
export const textToSign = (account: string, request: RawRequest): string => {
  const valueOf = (name: string): string => {
    const value = header(request, name) ?? ""
    if (name === "content-length" && value === "0") return ""
    return name === "date" && header(request, "x-ms-date") !== undefined ? "" : value
  }
  const names = [...new Set(request.headers.map(([name]) => name))].filter((name) => name.startsWith("x-ms-"))
  const ordered = names.toSorted(compareHeaderNames).map((name) => `${name}:${header(request, name) ?? ""}`)
  const values = Map.groupBy(request.rawQuery, ([name]) => decodeText(name).toLowerCase())
  const parameters = [...values.keys()].toSorted().map((name) => {
    const all = (values.get(name) ?? []).map(([, value]) => decodeText(value))
    return `${name}:${all.toSorted().join()}`
  })
  return [
    request.method,
    ...lineHeaders.map(valueOf),
    ...ordered,
    [`/${account}${request.path}`, ...parameters].join("\n")
  ].join("\n")
}

const window = 15 * 60_000

/** Refuses a signature that is wrong, and a time more than 15 minutes from now. */
export const verifySharedKey = (
  request: RawRequest,
  credential: string,
  { account, key, now }: { readonly account: string; readonly key: string; readonly now: number }
): void => {
  const [name, signature] = credential.split(":")
  const time = Date.parse(header(request, "x-ms-date") ?? header(request, "date") ?? "")
  if (Number.isNaN(time)) throw unauthenticated("The Date header in the request is incorrect.")
  if (Math.abs(time - now) > window)
    throw unauthenticated(`Request date header too old: '${new Date(time).toUTCString()}'`)
  const text = textToSign(account, request)
  if (name !== account || signature !== hmac(key, text))
    throw unauthenticated(
      `The MAC signature found in the HTTP request '${signature}' is not the same as any computed signature. Server used following string to sign: '${text}'.`
    )
}
