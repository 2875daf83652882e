/**
 * The half of the double that stores: plain objects, and listings of JSON.
 */
import { createHash } from "node:crypto"

export interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

export interface Asked {
  readonly method: string
  readonly container: string | undefined
  readonly key: string | undefined
  readonly query: URLSearchParams
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly body: Uint8Array
}

export type Containers = Map<string, Map<string, Uint8Array>>

const etagOf = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex")

const json = (body: unknown): Answer => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body)
})

const byBytes = (left: string, right: string) => Buffer.compare(Buffer.from(left), Buffer.from(right))

/** Names behind the marker, those with the delimiter behind the prefix as one, in the order of their bytes. */
const pageOf = (names: Iterable<string>, query: URLSearchParams, shortest: number): ReadonlyArray<string> => {
  const { prefix = "", marker = "", limit = maxLimit, delimiter = "" } = Object.fromEntries(query)
  const shown = [...names]
    .filter((name) => name.startsWith(prefix))
    .map((name) => {
      const end = delimiter === "" ? -1 : name.indexOf(delimiter, prefix.length)
      return end < 0 ? name : name.slice(0, end + delimiter.length)
    })
  const behind = [...new Set(shown)].filter((name) => byBytes(name, marker) > 0)
  return behind.toSorted(byBytes).slice(0, Math.min(Number(limit), shortest))
}

/** A page as JSON or as a name in each line. */
const listing = (page: ReadonlyArray<Readonly<Record<string, unknown>>>, query: URLSearchParams): Answer => {
  if (query.get("format") === "json") return json(page)
  const text = { "content-type": "text/plain; charset=utf-8" }
  if (page.length === 0) return { status: 204, headers: text }
  return { status: 200, headers: text, body: page.map(({ name, subdir }) => `${name ?? subdir}\n`).join("") }
}

const maxLimit = 10_000
const known = new Set(["format", "limit", "marker", "prefix", "delimiter"])

/** What is wrong with a request before anything is looked for. */
const refusalOf = ({ container = "", key = "", query, headers }: Asked): number | undefined => {
  if ([...query.keys()].some((name) => !known.has(name))) return 400
  if (Object.keys(headers).some((name) => name.startsWith("x-") && name !== "x-auth-token")) return 501
  if (Buffer.byteLength(container) > 256 || Buffer.byteLength(key) > 1024) return 400
  const limit = query.get("limit")
  if (limit !== null && !(/^\d+$/.test(limit) && Number(limit) <= maxLimit)) return 412
  return undefined
}

const answerObject = (objects: Map<string, Uint8Array>, key: string, { method, headers, body }: Asked): Answer => {
  const bytes = objects.get(key)
  if (method === "PUT") {
    const etag = etagOf(body)
    if (headers["etag"] !== undefined && headers["etag"] !== etag) return { status: 422 }
    objects.set(key, body)
    return { status: 201, headers: { etag } }
  }
  if (!["GET", "HEAD", "DELETE"].includes(method)) return { status: 405 }
  if (bytes === undefined) return { status: 404 }
  if (method === "DELETE") {
    objects.delete(key)
    return { status: 204 }
  }
  const about = { etag: etagOf(bytes), "content-length": String(bytes.byteLength), "content-type": "text/plain" }
  return { status: 200, headers: about, ...(method === "GET" && { body: bytes }) }
}

/** The answer to a request with a valid token. `shortest` is the most names of a page, whatever was asked for. */
export const answerStorage = (containers: Containers, asked: Asked, shortest: number): Answer => {
  const { method, container, key, query } = asked
  const refused = refusalOf(asked)
  if (refused !== undefined) return { status: refused }
  if (container === undefined) {
    if (method === "HEAD") return { status: 204, headers: { "x-account-container-count": String(containers.size) } }
    const page = pageOf(containers.keys(), query, shortest).map((name) => ({ name, count: 0, bytes: 0 }))
    return method === "GET" ? listing(page, query) : { status: 405 }
  }
  const objects = containers.get(container)
  if (key === undefined && method === "PUT") {
    containers.set(container, objects ?? new Map<string, Uint8Array>())
    return { status: 201 }
  }
  if (objects === undefined) return { status: 404 }
  if (key !== undefined) return answerObject(objects, key, asked)
  if (method === "HEAD") return { status: 204, headers: { "x-container-object-count": String(objects.size) } }
  if (method === "DELETE") {
    if (objects.size > 0) return { status: 409 }
    containers.delete(container)
    return { status: 204 }
  }
  if (method !== "GET") return { status: 405 }
  const page = pageOf(objects.keys(), query, shortest).map((name) => {
    const bytes = objects.get(name)
    return bytes === undefined ? { subdir: name } : { name, bytes: bytes.byteLength, hash: etagOf(bytes) }
  })
  return listing(page, query)
}
