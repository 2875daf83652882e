/** Tokens that only the double can have given. */
import { createHmac } from "node:crypto"

const tagOf = (text: string, secret: string) =>
  createHmac("sha256", secret).update(text).digest("base64url").slice(0, 16)

export const seal = (text: string, secret: string): string =>
  `${Buffer.from(text).toString("base64url")}.${tagOf(text, secret)}`

/** The text; undefined if it was not sealed here. */
export const unseal = (token: string, secret: string): string | undefined => {
  const [encoded = "", tag] = token.split(".")
  const text = Buffer.from(encoded, "base64url").toString()
  return tag === tagOf(text, secret) ? text : undefined
}
