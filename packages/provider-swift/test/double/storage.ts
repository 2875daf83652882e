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

const pageOf = (names: Iterable<string>, query: URLSearchParams, shortest: number) => {
  const { prefix = "", marker = "", limit = "10000" } = Object.fromEntries(query)
  const most = Math.min(Number(limit), shortest)
  const found = [...names].filter((name) => name.startsWith(prefix) && name > marker)
  return found.toSorted((left, right) => Buffer.compare(Buffer.from(left), Buffer.from(right))).slice(0, most)
}

const answerObject = (objects: Map<string, Uint8Array>, key: string, { method, headers, body }: Asked): Answer => {
  const bytes = objects.get(key)
  if (method === "PUT") {
    const etag = etagOf(body)
    if (headers["etag"] !== undefined && headers["etag"] !== etag) return { status: 422 }
    objects.set(key, body)
    return { status: 201, headers: { etag } }
  }
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
  if (container === undefined) {
    if (method === "HEAD") return { status: 204 }
    return method === "GET"
      ? json(pageOf(containers.keys(), query, shortest).map((name) => ({ name })))
      : { status: 405 }
  }
  const objects = containers.get(container)
  if (key === undefined && method === "PUT") {
    containers.set(container, objects ?? new Map<string, Uint8Array>())
    return { status: 201 }
  }
  if (objects === undefined) return { status: 404 }
  if (key !== undefined) return answerObject(objects, key, asked)
  if (method === "HEAD") return { status: 204 }
  if (method !== "GET") return { status: 405 }
  const page = pageOf(objects.keys(), query, shortest)
  return json(page.map((name) => ({ name, bytes: objects.get(name)?.byteLength, hash: etagOf(objects.get(name)!) })))
}
