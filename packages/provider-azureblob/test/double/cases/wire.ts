/** Requests by hand: signed by the vendor's signer, changed at will, sent byte for byte over a socket. */
import { StorageSharedKeyCredential } from "@azure/storage-blob"
import { connect } from "node:net"
import { account, accountKey } from "../index.ts"

export interface WireRequest {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface WireResponse {
  readonly status: number
  /** Of the header; "" without one. */
  readonly code: string
  readonly body: string
}

export interface Unsigned {
  readonly method: string
  /** Below the account, encoded already, with its query. */
  readonly path: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

/** A request with version, time and length, and its signature. `key` is in base64; `date` in milliseconds since 1970. */
export const sign = async (
  { method, path, headers = {}, body = "" }: Unsigned,
  { key = accountKey, part = false }: { readonly key?: string; readonly part?: boolean } = {}
): Promise<WireRequest> => {
  const target = `/${account}${path}`
  const held = new Map(
    Object.entries({
      ...(!part && { "x-ms-version": "2022-11-02" }),
      ...((body !== "" || part) && { "content-length": String(Buffer.byteLength(body)) }),
      ...headers
    })
  )
  const policy = new StorageSharedKeyCredential(account, key).create(
    { sendRequest: (sent: unknown) => Promise.resolve(sent as never) },
    { log: () => undefined, shouldLog: () => false } as never
  )
  await policy.sendRequest({
    method,
    url: `http://127.0.0.1${target}`,
    headers: {
      get: (name: string) => held.get(name.toLowerCase()),
      set: (name: string, value: unknown) => void held.set(name.toLowerCase(), String(value)),
      contains: (name: string) => held.has(name.toLowerCase()),
      headersArray: () => [...held].map(([name, value]) => ({ name, value }))
    }
  } as never)
  return { method, target, headers: Object.fromEntries(held), body }
}

/** Sends exactly these bytes and reads to the end of the connection. */
export const send = (port: number, { method, target, headers, body }: WireRequest): Promise<WireResponse> =>
  new Promise((resolve, reject) => {
    const chunks: Array<Buffer> = []
    const all = { host: `127.0.0.1:${port}`, ...headers, connection: "close" }
    const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`)
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(Buffer.from(`${[`${method} ${target} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`, "latin1"))
      socket.write(body)
    })
    socket.on("data", (chunk: Buffer) => chunks.push(chunk))
    socket.on("error", reject)
    socket.on("close", () => {
      const [head = "", ...rest] = Buffer.concat(chunks).toString().split("\r\n\r\n")
      const code = /^x-ms-error-code: (\w+)/im.exec(head)?.[1] ?? ""
      resolve({ status: Number(head.split(" ")[1] ?? 0), code, body: rest.join("\r\n\r\n") })
    })
  })
