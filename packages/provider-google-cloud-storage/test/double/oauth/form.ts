/** The form that a request for a token is. */
import { header, type RawRequest } from "../rawRequest.ts"
import { invalidRequest } from "./OAuthRefusal.ts"

export const readForm = (request: RawRequest): URLSearchParams => {
  if (!/^application\/x-www-form-urlencoded(\s*;|$)/i.test(header(request, "content-type") ?? ""))
    throw invalidRequest("The body is no form.")
  return new URLSearchParams(request.body.toString())
}
