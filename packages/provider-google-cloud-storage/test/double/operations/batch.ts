/** https://cloud.google.com/storage/docs/batch: up to 100 calls of the JSON API in one request. */
import type { Answer } from "../Answer.ts"
import { headersOf, readParts, splitHead, type Part } from "../multipart.ts"
import type { Operation } from "../Operation.ts"
import { header, rawRequest, type RawRequest } from "../rawRequest.ts"
import { invalid } from "../Refusal.ts"

const most = 100
const boundary = "batch_double"

/** The call has the headers of the whole request, but for those that it has itself. */
const callOf = (outer: RawRequest, part: Part): RawRequest => {
  if (!/^application\/http(\s*;|$)/i.test(header(part, "content-type") ?? ""))
    throw invalid("A part of a batch is not declared as application/http.")
  const [[line = "", ...lines], body] = splitHead(part.body)
  const [, method, target] = /^([A-Z]+) (\/storage\/v1\/\S+)( HTTP\/1\.1)?$/.exec(line) ?? []
  if (method === undefined || target === undefined || /[?&]alt=media(&|$)/.test(target))
    throw invalid("A part of a batch is no call of the JSON API, without uploads and downloads.")
  const own = headersOf(lines.filter((one) => one !== ""))
  const length = Number(header({ headers: own }, "content-length") ?? body.length)
  const inherited = outer.headers.filter(
    ([name]) => ["authorization", "host", "x-goog-user-project"].includes(name) && !own.some(([one]) => one === name)
  )
  return rawRequest(method, target, [...inherited, ...own], body.subarray(0, length))
}

const written = ({ status, headers, body }: Answer, id: string | undefined): string => {
  const all = { ...headers, ...(String(body) !== "" && { "content-length": String(Buffer.byteLength(String(body))) }) }
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`)
  const contentId = id === undefined ? "" : `Content-ID: ${id.replace(/^<?/, "<response-").replace(/>?$/, ">")}\r\n`
  const reason = status < 300 ? "OK" : "Refused"
  return (
    `--${boundary}\r\nContent-Type: application/http\r\n${contentId}\r\n` +
    `HTTP/1.1 ${status} ${reason}\r\n${lines.join("")}\r\n${String(body)}\r\n`
  )
}

export const batch: Operation = {
  name: "batch",
  method: "POST",
  route: "/batch/storage/v1",
  authentication: "none",
  run: ({ request, inner }) => {
    const parts = readParts(request, "mixed")
    if (parts.length === 0 || parts.length > most) throw invalid(`A batch has 1 to ${most} calls.`)
    const calls = parts.map((part) => [callOf(request, part), header(part, "content-id")] as const)
    const answers = calls.map(([call, id]) => written(inner(call), id))
    return {
      status: 200,
      headers: { "content-type": `multipart/mixed; boundary=${boundary}` },
      body: `${answers.join("")}--${boundary}--\r\n`
    }
  }
}
