/** Requests signed with version 2 by hand: the text that is signed is written out, as the page has it, not derived. */
import { createHmac } from "node:crypto"
import { defaultAccessKey, type AccessKey } from "../index.ts"
import type { Unsigned, WireRequest } from "./wire.ts"

/** A request, its path with its query, and the lines of the text that is signed. */
export interface HandSigned extends Omit<Unsigned, "query"> {
  readonly lines: ReadonlyArray<string>
}

const signatureOf = (lines: ReadonlyArray<string>, { secretAccessKey }: AccessKey): string =>
  createHmac("sha1", secretAccessKey).update(lines.join("\n")).digest("base64")

/** Header form. */
export const signV2 = (
  { method, host, path, headers, body = "", lines }: HandSigned,
  key: AccessKey = defaultAccessKey
): WireRequest => ({
  method,
  target: path,
  headers: {
    host,
    ...headers,
    "content-length": String(Buffer.byteLength(body)),
    authorization: `AWS ${key.accessKeyId}:${signatureOf(lines, key)}`
  },
  body
})

/** Query form, of a GET without headers; the path lacks the three parameters of the signature. */
export const linkV2 = (
  { host, path, lines }: Pick<HandSigned, "host" | "path" | "lines">,
  expires: string,
  key: AccessKey = defaultAccessKey
): WireRequest => {
  const signature = encodeURIComponent(signatureOf(lines, key))
  const target = `${path}${path.includes("?") ? "&" : "?"}AWSAccessKeyId=${key.accessKeyId}&Expires=${expires}&Signature=${signature}`
  return { method: "GET", target, headers: { host }, body: "" }
}
