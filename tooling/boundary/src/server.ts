/**
 * A process of its own with as much of S3 as the crossing needs: one bucket `box`, two access keys, and a way to stall.
 * It prints its port, then one line of JSON per request and per connection that closed before its answer was whole.
 */
import { createServer, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"

const keys = new Set(["first", "second"])
const objects = new Map<string, Buffer>()
const say = (event: Readonly<Record<string, unknown>>) => process.stdout.write(`${JSON.stringify(event)}\n`)

const refuse = (answer: ServerResponse, status: number, code: string) =>
  answer
    .writeHead(status, { "content-type": "application/xml" })
    .end(`<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code></Error>`)

const listing = () => {
  const contents = [...objects].map(
    ([path, { length }]) => `<Contents><Key>${path.slice("/box/".length)}</Key><Size>${length}</Size></Contents>`
  )
  return `<?xml version="1.0" encoding="UTF-8"?><ListBucketResult><Name>box</Name><IsTruncated>false</IsTruncated>${contents.join("")}</ListBucketResult>`
}

const server = createServer((request, answer) => {
  const [path = "", query] = (request.url ?? "").split("?")
  const { method } = request
  const key = /Credential=([^/]+)/.exec(request.headers.authorization ?? "")?.[1] ?? "nobody"
  say({ event: "asked", method, path, key })
  answer.on("close", () => {
    if (!answer.writableFinished) say({ event: "closed", path })
  })
  const blocks: Array<Buffer> = []
  request.on("data", (block: Buffer) => blocks.push(block))
  request.on("end", () => {
    if (!keys.has(key)) return void refuse(answer, 403, "InvalidAccessKeyId")
    if (path === "/box" || path === "/box/") {
      return void answer
        .writeHead(query === undefined ? 405 : 200, { "content-type": "application/xml" })
        .end(listing())
    }
    if (method === "PUT") {
      objects.set(path, Buffer.concat(blocks))
      return void answer.writeHead(200, { etag: '"etag"' }).end()
    }
    const object = objects.get(path)
    if (object === undefined) return void refuse(answer, 404, "NoSuchKey")
    const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? []
    if (first !== undefined && last !== undefined) {
      const part = object.subarray(Number(first), Number(last) + 1)
      const range = `bytes ${first}-${last}/${object.length}`
      return void answer.writeHead(206, { "content-range": range, etag: '"etag"' }).end(part)
    }
    // Of `slow` only the half comes, and then nothing.
    const stalls = path.endsWith("/slow")
    answer.writeHead(200, { "content-length": stalls ? object.length * 2 : object.length, etag: '"etag"' })
    if (method === "HEAD") return void answer.end()
    if (stalls) return void answer.write(object)
    answer.end(object)
  })
})

server.listen(0, "127.0.0.1", () => say({ port: (server.address() as AddressInfo).port }))
