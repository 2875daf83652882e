/** A request exactly as it came: the raw target, the raw headers in order, the whole body. */
import type { IncomingMessage } from "node:http"
import { invalid } from "./Refusal.ts"

export interface RawRequest {
  readonly method: string
  /** The request target as received: path, and after `?` the query. */
  readonly target: string
  /** Undecoded. */
  readonly path: string
  /** Decoded, in the order they came. */
  readonly query: ReadonlyArray<readonly [name: string, value: string]>
  /** Undecoded `name=value` texts. */
  readonly rawQuery: ReadonlyArray<string>
  readonly headers: ReadonlyArray<readonly [lowerCaseName: string, value: string]>
  readonly body: Buffer
}

/** UTF-8 behind percent encoding; a stray `%` or other bytes are refused. */
export const decode = (raw: string): string => {
  try {
    return decodeURIComponent(raw)
  } catch {
    throw invalid("The request target is no URI in UTF-8.")
  }
}

const pairOf = (raw: string): readonly [string, string] => {
  const [name = "", ...rest] = raw.replace(/\+/g, " ").split("=")
  return [decode(name), decode(rest.join("="))]
}

/** A request from its parts. */
export const rawRequest = (
  method: string,
  target: string,
  headers: RawRequest["headers"],
  body: Buffer
): RawRequest => {
  const at = target.indexOf("?")
  const rawQuery =
    at < 0
      ? []
      : target
          .slice(at + 1)
          .split("&")
          .filter((pair) => pair !== "")
  const path = at < 0 ? target : target.slice(0, at)
  return { method, target, path, rawQuery, query: rawQuery.map(pairOf), headers, body }
}

/** A request that came to its end, and may yet turn out to be none. */
export interface Received {
  /** Throws where the target is no URI. */
  readonly request: () => RawRequest
  readonly method: string
  readonly target: string
  readonly headers: RawRequest["headers"]
  /** Bytes of the body. */
  readonly length: number
}

/** Reads to the end of the body; rejects when the client leaves before it. */
export const readRawRequest = async (incoming: IncomingMessage): Promise<Received> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers = Array.from({ length: incoming.rawHeaders.length / 2 }, (_, index) => [
    incoming.rawHeaders[2 * index]!.toLowerCase(),
    incoming.rawHeaders[2 * index + 1]!
  ]) as ReadonlyArray<readonly [string, string]>
  const body = Buffer.concat(chunks)
  const [method, target] = [incoming.method ?? "", incoming.url ?? "/"]
  return { request: () => rawRequest(method, target, headers, body), method, target, headers, length: body.length }
}

/** All values of a header joined with commas; undefined when it is absent. */
export const header = (request: Pick<RawRequest, "headers">, name: string): string | undefined => {
  const values = request.headers.filter(([found]) => found === name).map(([, value]) => value.trim())
  return values.length === 0 ? undefined : values.join(",")
}

/** The value of a parameter; undefined when it is absent. One that is there twice is refused. */
export const parameter = (request: Pick<RawRequest, "query">, name: string): string | undefined => {
  const values = request.query.filter(([found]) => found === name)
  if (values.length > 1) throw invalid(`The parameter ${name} was given more than once.`)
  return values[0]?.[1]
}
