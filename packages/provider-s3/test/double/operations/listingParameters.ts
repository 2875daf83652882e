/** Query parameters that S3's listings share. */
import { listingEncode } from "../percent.ts"
import { parameter, type RawRequest } from "../rawRequest.ts"
import { invalidArgument } from "../S3Failure.ts"

/** `max-keys` or `max-uploads`: what was asked for, at most 1000. */
export const readLimit = (request: RawRequest, name: string): number => {
  const given = parameter(request, name)
  if (given === undefined) return 1000
  if (!/^\d{1,10}$/.test(given) || Number(given) > 2_147_483_647)
    throw invalidArgument(name, given, `Provided ${name} not an integer or within integer range`)
  return Math.min(Number(given), 1000)
}

/** The encoder that `encoding-type` asks for; only `url` is one. */
export const readEncoding = (request: RawRequest): ((text: string) => string) => {
  const given = parameter(request, "encoding-type")
  if (given !== undefined && given !== "url")
    throw invalidArgument("encoding-type", given, "Invalid Encoding Method specified in Request")
  return given === undefined ? (text) => text : listingEncode
}
