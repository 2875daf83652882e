/**
 * Blob Batch, of deletions.
 *
 * Source: https://learn.microsoft.com/rest/api/storageservices/blob-batch
 */
import { AzureFailure, badHeader } from "../AzureFailure.ts"
import type { Answer } from "../Answer.ts"
import type { Operation } from "../Operation.ts"
import { header, rawRequestOf, type RawRequest } from "../rawRequest.ts"

const invalid = (why: string): AzureFailure =>
  new AzureFailure(400, "InvalidInput", `One of the request inputs is not valid: ${why}.`)

interface Part {
  readonly id: string
  readonly request: RawRequest
}

const headersIn = (lines: ReadonlyArray<string>): RawRequest["headers"] =>
  lines.map((line) => {
    const at = line.indexOf(": ")
    if (at < 1) throw invalid(`the line ${line} is no header`)
    return [line.slice(0, at).toLowerCase(), line.slice(at + 2)] as const
  })

const partOf = (text: string): Part => {
  const [outer = "", inner = "", ...rest] = text.split("\r\n\r\n")
  const around = new Map(headersIn(outer.split("\r\n")))
  const [line = "", ...lines] = inner.split("\r\n")
  const match = /^DELETE (\/\S*) HTTP\/1\.1$/.exec(line)
  if (around.get("content-type") !== "application/http" || around.get("content-transfer-encoding") !== "binary")
    throw invalid("a part is application/http and binary")
  if (match === null) throw invalid("a part is a deletion")
  const headers = headersIn(lines)
  if (headers.some(([name]) => name === "x-ms-version")) throw badHeader("x-ms-version", "of a part")
  if (rest.join("").trim() !== "") throw invalid("a part has no body")
  return { id: around.get("content-id") ?? "", request: rawRequestOf("DELETE", match[1]!, headers, Buffer.alloc(0)) }
}

const partsIn = (request: RawRequest): ReadonlyArray<Part> => {
  const boundary = /^multipart\/mixed; boundary=(\S+)$/.exec(header(request, "content-type") ?? "")?.[1]
  if (boundary === undefined) throw badHeader("Content-Type", header(request, "content-type") ?? "")
  const [first, ...texts] = request.body.toString("latin1").split(`--${boundary}`)
  if (first !== "" || texts.pop()?.trim() !== "--") throw invalid("the boundaries are not those of the header")
  if (texts.length === 0 || texts.length > 256) throw invalid("a batch has 1 to 256 parts")
  return texts.map((text) => partOf(text.replace(/^\r\n/, "")))
}

const written = (id: string, { status, headers, body }: Answer): string =>
  [
    "Content-Type: application/http",
    `Content-ID: ${id}`,
    "",
    `HTTP/1.1 ${status} ${status < 300 ? "Accepted" : "Refused"}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    "",
    Buffer.from(body as Uint8Array).toString("latin1")
  ].join("\r\n")

export const blobBatch: Operation = {
  name: "BlobBatch",
  method: "POST",
  level: "container",
  query: { restype: "container", comp: "batch" },
  // Each part shows its own right.
  needs: ["d"],
  inContainer: true,
  run: ({ request, container, within }) => {
    const { name } = container()
    const answers = partsIn(request).map(({ id, request: part }) => {
      if (!part.path.split("/").includes(name)) throw invalid("all parts are of the container of the batch")
      return written(id, within(part))
    })
    const boundary = "batchresponse_double"
    const body = answers.map((answer) => `--${boundary}\r\n${answer}\r\n`).join("")
    return {
      status: 202,
      headers: { "content-type": `multipart/mixed; boundary=${boundary}` },
      body: Buffer.from(`${body}--${boundary}--`, "latin1")
    }
  }
}
