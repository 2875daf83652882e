/** Finds the operation a request asks for; what nothing understands is refused, never ignored. */
import { AzureFailure } from "./AzureFailure.ts"
import type { Operation } from "./Operation.ts"
import { decodeText, header, parameter, type RawRequest } from "./rawRequest.ts"
import { sasParameters } from "./sas.ts"
import type { Target } from "./target.ts"

const commonHeaders = ["x-ms-date", "x-ms-version", "x-ms-client-request-id", "x-ms-return-client-request-id"]

const meets = (request: RawRequest, { query, requiresHeader }: Operation): boolean =>
  (requiresHeader === undefined || header(request, requiresHeader) !== undefined) &&
  Object.entries(query).every(([name, value]) => parameter(request, name) === value)

/** The operation with the most that it asks for, of those that the request is. */
export const matchOperation = (
  request: RawRequest,
  { level }: Target,
  operations: ReadonlyArray<Operation>
): Operation => {
  const weight = ({ query, requiresHeader }: Operation): number =>
    Object.keys(query).length + (requiresHeader === undefined ? 0 : 1)
  const [found] = operations
    .filter((operation) => operation.level === level && operation.method === request.method)
    .filter((operation) => meets(request, operation))
    .toSorted((left, right) => weight(right) - weight(left))
  if (found === undefined)
    throw new AzureFailure(405, "UnsupportedHttpVerb", "The resource doesn't support the specified HTTP verb.")
  const known = [...Object.keys(found.query), ...(found.permits ?? []), ...sasParameters, "timeout"]
  const stray = request.rawQuery.map(([name]) => decodeText(name)).find((name) => !known.includes(name))
  if (stray !== undefined)
    throw new AzureFailure(400, "UnsupportedQueryParameter", "One of the query parameters isn't supported.", {
      QueryParameterName: stray
    })
  const headers = [...commonHeaders, found.requiresHeader, ...(found.headers ?? [])]
  const foreign = request.headers
    .map(([name]) => name)
    .filter((name) => name.startsWith("x-ms-"))
    .find((name) => !headers.some((one) => (one?.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one)))
  if (foreign !== undefined)
    throw new AzureFailure(400, "UnsupportedHeader", "One of the HTTP headers isn't supported.", {
      HeaderName: foreign
    })
  return found
}
