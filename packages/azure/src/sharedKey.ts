/**
 * Requests signed with the key of an account.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/authorize-with-shared-key
 */
import * as Redacted from "effect/Redacted"
import { createHmac } from "node:crypto"
import { compareHeaderNames } from "./headerOrder.ts"

/** The key of an account, in base64 as the portal shows it. */
export interface SharedKey {
  readonly account: string
  readonly key: Redacted.Redacted<string>
}

/** What is signed of a request. */
export interface SignableRequest {
  readonly method: string
  /** Path and query as they are sent. */
  readonly path: string
  /** Names in lower case; with `x-ms-date`, and with `content-length` where there is a body. */
  readonly headers: Readonly<Record<string, string>>
}

/** The headers that are signed by their place, after the method. `date` is empty, since `x-ms-date` stands for it. */
const placed = [
  "content-encoding",
  "content-language",
  "content-length",
  "content-md5",
  "content-type",
  "",
  "if-modified-since",
  "if-match",
  "if-none-match",
  "if-unmodified-since",
  "range"
]

const placedValue = (headers: SignableRequest["headers"], name: string): string => {
  const value = headers[name] ?? ""
  return name === "content-length" && value === "0" ? "" : value
}

const canonicalHeaders = (headers: SignableRequest["headers"]): string =>
  Object.keys(headers)
    .filter((name) => name.startsWith("x-ms-"))
    .toSorted(compareHeaderNames)
    .map((name) => `${name}:${(headers[name] ?? "").trim()}\n`)
    .join("")

const decoded = (text: string): string => Buffer.from(unescape(text), "latin1").toString()

/** Percent escapes to bytes as Latin-1, whether they are UTF-8 or not. */
const unescape = (text: string): string =>
  text.replace(/%([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)))

/** The path below the account as it is sent, and the parameters by name, in lower case and decoded. */
const canonicalResource = (account: string, path: string): string => {
  const mark = path.indexOf("?")
  const pathname = mark === -1 ? path : path.slice(0, mark)
  const query = mark === -1 || mark === path.length - 1 ? [] : path.slice(mark + 1).split("&")
  const parameters = query
    .map((part) => {
      const equals = part.indexOf("=")
      return equals === -1 ? [part, ""] : [part.slice(0, equals), part.slice(equals + 1)]
    })
    .map(([name = "", value = ""]) => `\n${decoded(name).toLowerCase()}:${decoded(value)}`)
  return `/${account}${pathname}${parameters.toSorted().join("")}`
}

/** The text that is signed. */
export const stringToSign = (account: string, { method, path, headers }: SignableRequest): string =>
  [
    method,
    ...placed.map((name) => placedValue(headers, name)),
    canonicalHeaders(headers) + canonicalResource(account, path)
  ].join("\n")

/** HMAC-SHA256 in base64; the line where a key stops being hidden. */
export const hmacSha256 = (key: Redacted.Redacted<string>, text: string): string =>
  createHmac("sha256", Buffer.from(Redacted.value(key), "base64"))
    .update(text, "utf8")
    .digest("base64")

/** The value of the header `authorization`. */
export const authorization = ({ account, key }: SharedKey, request: SignableRequest): string =>
  `SharedKey ${account}:${hmacSha256(key, stringToSign(account, request))}`
