/** A request exactly as it came: the raw target, the raw headers, the whole body. */
import type { IncomingMessage } from "node:http"
import { AzureFailure } from "./AzureFailure.ts"

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

/** A request of its parts. */
export const rawRequestOf = (
  method: string,
  target: string,
  headers: RawRequest["headers"],
  body: Buffer
): RawRequest => {
  const [path, query] = split(target, "?")
  const rawQuery = query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => split(pair, "="))
  return { method, target, path, rawQuery, headers, body }
}

/** Reads to the end of the body; rejects when the client leaves before it. */
export const readRawRequest = async (incoming: IncomingMessage): Promise<RawRequest> => {
  const chunks: Array<Buffer> = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const headers = Array.from(
    { length: incoming.rawHeaders.length / 2 },
    (_, index) => [incoming.rawHeaders[2 * index]!.toLowerCase(), incoming.rawHeaders[2 * index + 1]!] as const
  )
  return rawRequestOf(incoming.method ?? "", incoming.url ?? "/", headers, Buffer.concat(chunks))
}

/** Percent escapes undone; an escape that is none is an InvalidUri. */
export const decodeText = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new AzureFailure(400, "InvalidUri", "The requested URI does not represent any resource on the server.")
  }
}

/** All values of a header joined with commas; undefined when it is absent. */
export const header = (request: RawRequest, name: string): string | undefined => {
  const values = request.headers.filter(([found]) => found === name).map(([, value]) => value.trim())
  return values.length === 0 ? undefined : values.join(",")
}

/** The first value of a query parameter, decoded; undefined when it is absent. */
export const parameter = (request: RawRequest, name: string): string | undefined => {
  const found = request.rawQuery.find(([raw]) => decodeText(raw).toLowerCase() === name)
  return found && decodeText(found[1])
}
