/** Finds the operation a request asks for; what nothing understands is NotImplemented, never ignored. */
import type { Operation } from "./Operation.ts"
import { decodeText } from "./percent.ts"
import { header, parameter, type RawRequest } from "./rawRequest.ts"
import { notImplemented, S3Failure } from "./S3Failure.ts"
import type { Target } from "./target.ts"

const commonParameters = [
  "x-id",
  "X-Amz-Algorithm",
  "X-Amz-Credential",
  "X-Amz-Date",
  "X-Amz-Expires",
  "X-Amz-SignedHeaders",
  "X-Amz-Signature",
  "X-Amz-Content-Sha256",
  "X-Amz-Security-Token",
  "AWSAccessKeyId",
  "Expires",
  "Signature",
  "x-amz-security-token",
  "X-Amz-S3session-Token"
]

const commonHeaders = [
  "x-amz-date",
  "x-amz-content-sha256",
  "x-amz-security-token",
  "x-amz-user-agent",
  "x-amz-request-payer",
  "x-amz-s3session-token"
]

const nameOf = (requirement: string) => requirement.split("=")[0]!

const meets = (request: RawRequest, operation: Operation): boolean =>
  (operation.requiresHeader === undefined || header(request, operation.requiresHeader) !== undefined) &&
  operation.requires.every((requirement) => {
    const [name, value] = requirement.split("=")
    const found = parameter(request, name!)
    return found !== undefined && (value === undefined || value === found)
  })

const unknownParameter = (names: ReadonlyArray<string>, { requires, permits }: Operation) =>
  names.find((name) => ![...commonParameters, ...requires.map(nameOf), ...permits].includes(name))

const unknownHeader = (request: RawRequest, { headers, requiresHeader }: Operation) =>
  request.headers
    .map(([name]) => name)
    .filter((name) => name.startsWith("x-amz-"))
    .find(
      (name) =>
        ![...commonHeaders, requiresHeader, ...headers].some((known) =>
          known?.endsWith("*") ? name.startsWith(known.slice(0, -1)) : name === known
        )
    )

/** The most specific operation that understands every query parameter and x-amz-* header of the request. */
export const matchOperation = (
  request: RawRequest,
  { level }: Target,
  operations: ReadonlyArray<Operation>
): Operation => {
  const names = request.rawQuery.map(([name]) => decodeText(name))
  const onLevel = operations.filter((operation) => operation.level === level)
  const [candidate] = onLevel
    .filter(({ method }) => method === request.method)
    .filter((operation) => meets(request, operation) && unknownParameter(names, operation) === undefined)
    .sort((left, right) => Number(right.requiresHeader !== undefined) - Number(left.requiresHeader !== undefined))
  if (candidate === undefined) {
    if (!["GET", "HEAD", "PUT", "POST", "DELETE"].includes(request.method))
      throw new S3Failure(405, "MethodNotAllowed", "The specified method is not allowed against this resource.")
    throw notImplemented({ Parameters: names.join(", ") })
  }
  const refused = unknownHeader(request, candidate)
  if (refused !== undefined) throw notImplemented({ Header: refused })
  return candidate
}
