/** Finds the operation that a request asks for; what nothing understands is refused, never ignored. */
import { decode, parameter, type RawRequest } from "./rawRequest.ts"
import type { Operation } from "./Operation.ts"
import { invalid, notFound, Refusal, required } from "./Refusal.ts"

const commonParameters = ["alt", "fields", "prettyPrint", "quotaUser", "userProject"]

/** Of the client's own telemetry, or looked at where it counts. */
const knownHeaders = [
  "x-goog-api-client",
  "x-goog-gcs-idempotency-token",
  "x-goog-hash",
  "x-goog-user-project",
  "x-goog-content-sha256",
  "x-goog-if-generation-match"
]

export interface Match {
  readonly operation: Operation
  readonly at: Readonly<Record<string, string>>
}

/** The names in the route; undefined where the path is another one. */
const follow = (path: string, route: string): Match["at"] | undefined => {
  const [segments, names] = [path.split("/"), route.split("/")]
  if (segments.length !== names.length) return undefined
  const at: Record<string, string> = {}
  for (const [index, name] of names.entries()) {
    const segment = segments[index]!
    if (name.startsWith("{")) at[name.slice(1, -1)] = segment
    else if (name !== segment) return undefined
  }
  return Object.fromEntries(Object.entries(at).map(([name, value]) => [name, decode(value)]))
}

/** A signed URL has its object's name with plain slashes. */
const followPlain = (path: string, route: string): Match["at"] | undefined => {
  const [, bucket, object] = /^\/([^/]+)\/(.+)$/.exec(path) ?? []
  return route === "/{bucket}/{object...}" && bucket !== undefined && object !== undefined
    ? { bucket: decode(bucket), object: decode(object) }
    : undefined
}

const meets = (request: RawRequest, requirement: string): boolean => {
  const [name, value] = requirement.split("=")
  const found = parameter(request, name!)
  return found !== undefined && (value === undefined || value === found)
}

const unknownParameter = (request: RawRequest, { requires = [], permits = [], authentication }: Operation) => {
  const known = [...requires.map((one) => one.split("=")[0]), ...permits]
  return request.query.find(
    ([name]) => !known.includes(name) && (authentication !== undefined || !commonParameters.includes(name))
  )?.[0]
}

const checkHeaders = (request: RawRequest): void => {
  const [name] =
    request.headers.find(
      ([one]) => one.startsWith("x-goog-") && !one.startsWith("x-goog-meta-") && !knownHeaders.includes(one)
    ) ?? []
  if (name !== undefined) throw invalid(`The double does not know the header ${name}.`)
}

/** The parameters of an operation of the JSON API must all be known. */
export const matchOperation = (request: RawRequest, operations: ReadonlyArray<Operation>): Match => {
  const signed = request.query.some(([name]) => name.startsWith("X-Goog-"))
  const here = operations.flatMap((operation) => {
    if ((operation.authentication === "signature") !== signed) return []
    const at = followPlain(request.path, operation.route) ?? follow(request.path, operation.route)
    return at === undefined ? [] : [{ operation, at }]
  })
  if (here.length === 0) throw notFound("Not Found")
  const asked = here.filter(({ operation }) => operation.method === request.method)
  if (asked.length === 0) throw new Refusal(405, "httpMethodNotAllowed", `The method ${request.method} is not allowed.`)
  const [best] = asked
    .filter(({ operation }) => (operation.requires ?? []).every((one) => meets(request, one)))
    .sort((left, right) => (right.operation.requires?.length ?? 0) - (left.operation.requires?.length ?? 0))
  if (best === undefined) {
    const [missing = ""] = asked[0]!.operation.requires?.filter((one) => !meets(request, one)) ?? []
    throw required(missing.split("=")[0]!)
  }
  const extra = unknownParameter(request, best.operation)
  if (extra !== undefined)
    throw new Refusal(400, "invalidParameter", `Unknown parameter: ${extra}`, { location: ["parameter", extra] })
  const alt = best.operation.authentication === undefined ? parameter(request, "alt") : undefined
  if (alt !== undefined && alt !== "json" && !best.operation.requires?.includes(`alt=${alt}`))
    throw invalid(`The double does not answer alt=${alt} here.`)
  checkHeaders(request)
  return best
}
