/** Opaque continuation tokens: sealed, so that a token the double did not give is refused. */
import { createHmac } from "node:crypto"
import { invalidArgument } from "../S3Failure.ts"

const seal = (text: string, secret: string) => createHmac("sha256", secret).update(text).digest("base64url")

export const sealToken = (after: string, secret: string): string => {
  const text = Buffer.from(after).toString("base64url")
  return `${text}.${seal(text, secret)}`
}

export const openToken = (token: string, secret: string): string => {
  const [text = "", sealed] = token.split(".")
  if (sealed !== seal(text, secret))
    throw invalidArgument("continuation-token", token, "The continuation token provided is incorrect")
  return Buffer.from(text, "base64url").toString()
}
