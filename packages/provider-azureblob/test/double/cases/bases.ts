/** The valid requests that the mutations start from. */
import { container, stored } from "./fixture.ts"
import { accountSas, blobSas } from "./rightRuns.ts"
import { sign, type Unsigned, type WireRequest } from "./wire.ts"
import { account } from "../index.ts"

export const putting: Unsigned = {
  method: "PUT",
  path: `/${container}/key`,
  headers: { "x-ms-blob-type": "BlockBlob", "x-ms-meta-colour": "blue" },
  body: "hello"
}

export const listing: Unsigned = {
  method: "GET",
  path: `/${container}?restype=container&comp=list&prefix=s&maxresults=1`
}

export const getting: Unsigned = { method: "GET", path: `/${container}/${stored}`, headers: { range: "bytes=0-3" } }

export const staging: Unsigned = {
  method: "PUT",
  path: `/${container}/key?comp=block&blockid=${encodeURIComponent("AAAA")}`,
  body: "hello"
}

export const committing: Unsigned = {
  method: "PUT",
  path: `/${container}/key?comp=blocklist`,
  body: "<BlockList></BlockList>"
}

export const copying: Unsigned = {
  method: "PUT",
  path: `/${container}/copy`,
  headers: { "x-ms-copy-source": `http://127.0.0.1/${account}/${container}/${stored}`, "content-length": "0" }
}

export const listingContainers: Unsigned = { method: "GET", path: "/?comp=list" }

/** A request without a signature of its own, for one in the query. */
const bare = (path: string, query: string): WireRequest => ({
  method: "GET",
  target: `/${account}${path}?${query}`,
  headers: { "x-ms-version": "2022-11-02" },
  body: ""
})

export const bySignature = (query: string) => bare(`/${container}/${stored}`, query)

export const byAccount = (path: string, query: string): WireRequest => bare(path, query)

/** A batch of deletions of blobs that are not there. */
export const batching = async (
  count = 1,
  changes: {
    readonly boundary?: string
    readonly into?: string
    readonly headers?: Readonly<Record<string, string>>
  } = {}
): Promise<Unsigned> => {
  const { boundary = "b", into = container, headers = {} } = changes
  const parts: Array<string> = []
  for (let index = 0; index < count; index += 1) {
    const part = await sign({ method: "DELETE", path: `/${into}/missing`, headers }, { part: true })
    const lines = Object.entries(part.headers).map(([name, value]) => `${name}: ${value}`)
    const around = [
      "--b",
      "Content-Type: application/http",
      "Content-Transfer-Encoding: binary",
      `Content-ID: ${index}`
    ]
    parts.push([...around, "", `DELETE ${part.target} HTTP/1.1`, ...lines, "", ""].join("\r\n"))
  }
  return {
    method: "POST",
    path: `/${container}?restype=container&comp=batch`,
    headers: { "content-type": `multipart/mixed; boundary=${boundary}` },
    body: `${parts.join("")}--b--\r\n`
  }
}

export const bases = {
  put: () => sign(putting),
  list: () => sign(listing),
  get: () => sign(getting),
  block: () => sign(staging),
  blockList: () => sign(committing),
  copy: () => sign(copying),
  containers: () => sign(listingContainers),
  sas: async () => bySignature(blobSas()),
  account: async () => byAccount(`/${container}/${stored}`, accountSas()),
  batch: async () => sign(await batching())
}
