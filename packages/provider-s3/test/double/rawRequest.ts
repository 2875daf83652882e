/** A request exactly as it came: the raw target, the raw headers in order, the whole body. */
import type { IncomingMessage } from "node:http"
import { decodeText } from "./percent.ts"

export interface RawRequest {
  readonly method: string
  /** The request target as received: path, and after `?` the query. */
  readonly target: string
  readonly path: string
  /** Undecoded `name=value` texts. */
  readonly rawQuery: ReadonlyArray<readonly [name: string, value: string]>
  readonly headers: ReadonlyArray<readonly [lowerCaseName: string, value: string]>
  readonly body: Buffer
}

const split = (text: string, separator: string): readonly [string, string] => {
  const at = text.indexOf(separator)
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)]
}

/** Reads to the end of the body; rejects when the client leaves before it. */
export const readRawRequest = async (incoming: IncomingMessage): Promise<RawRequest> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const target = incoming.url ?? "/"
  const [path, query] = split(target, "?")
  return {
    method: incoming.method ?? "",
    target,
    path,
    rawQuery: query
      .split("&")
      .filter((pair) => pair !== "")
      .map((pair) => split(pair, "=")),
    headers: Array.from({ length: incoming.rawHeaders.length / 2 }, (_, index) => [
      incoming.rawHeaders[2 * index]!.toLowerCase(),
      incoming.rawHeaders[2 * index + 1]!
    ]),
    body: Buffer.concat(chunks)
  }
}

/** All values of a header joined with commas; undefined when it is absent. */
export const header = (request: RawRequest, name: string): string | undefined => {
  const values = request.headers.filter(([found]) => found === name).map(([, value]) => value.trim())
  return values.length === 0 ? undefined : values.join(",")
}

/** The first value of a query parameter, decoded; undefined when it is absent. */
export const parameter = (request: RawRequest, name: string): string | undefined => {
  const found = request.rawQuery.find(([raw]) => decodeText(raw) === name)
  return found && decodeText(found[1])
}
