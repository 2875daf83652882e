/** Requests by hand: signed by the vendor's signer, changed at will, sent byte for byte over a socket. */
import { connect } from "node:net"
import { SignatureV4 } from "@smithy/signature-v4"
import { defaultAccessKey, type AccessKey } from "../index.ts"
import { Sha256 } from "./Sha256.ts"

export interface WireRequest {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface WireResponse {
  readonly status: number
  readonly head: string
  readonly body: string
  /** The text of the error document's Code; "" without one. */
  readonly code: string
}

export interface Unsigned {
  readonly method: string
  readonly host: string
  /** Encoded already. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

export interface Signer {
  readonly region?: string
  readonly service?: string
  readonly accessKey?: AccessKey
}

const signatureOf = ({ region = "us-east-1", service = "s3", accessKey = defaultAccessKey }: Signer) =>
  new SignatureV4({
    service,
    region,
    credentials: accessKey,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: true
  })

type Signable = Parameters<SignatureV4["presign"]>[0]

const signable = ({ method, host, path, query = {}, headers = {}, body }: Unsigned): Signable =>
  ({ method, protocol: "http:", hostname: host, path, query, headers: { host, ...headers }, body }) as Signable

const targetOf = ({ path, query }: Signable): string => {
  const pairs = Object.entries(query ?? {}).map(
    ([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`
  )
  return pairs.length === 0 ? path : `${path}?${pairs.join("&")}`
}

/** Header form, payload signed; content-length is added after signing. */
export const sign = async (unsigned: Unsigned, signer: Signer = {}): Promise<WireRequest> => {
  const signed = (await signatureOf(signer).sign(signable(unsigned))) as Signable
  const body = unsigned.body ?? ""
  const headers = { ...signed.headers, "content-length": String(Buffer.byteLength(body)) }
  return { method: unsigned.method, target: targetOf(signed), headers, body }
}

/** Query form, payload unsigned, valid for a minute. */
export const presign = async (unsigned: Unsigned, signer: Signer = {}): Promise<WireRequest> => {
  const headers = { ...unsigned.headers, "X-Amz-Content-Sha256": "UNSIGNED-PAYLOAD" }
  const signed = (await signatureOf(signer).presign(signable({ ...unsigned, headers }), { expiresIn: 60 })) as Signable
  return { method: unsigned.method, target: targetOf(signed), headers: { host: unsigned.host }, body: "" }
}

/** Sends exactly these bytes and reads to the end of the connection. */
export const send = (port: number, { method, target, headers, body }: WireRequest): Promise<WireResponse> =>
  new Promise((resolve, reject) => {
    const chunks: Array<Buffer> = []
    const lines = Object.entries({ ...headers, connection: "close" }).map(([name, value]) => `${name}: ${value}`)
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(Buffer.from(`${[`${method} ${target} HTTP/1.1`, ...lines].join("\r\n")}\r\n\r\n`, "latin1"))
      socket.write(body)
    })
    socket.on("data", (chunk: Buffer) => chunks.push(chunk))
    socket.on("error", reject)
    socket.on("close", () => {
      const [head = "", ...rest] = Buffer.concat(chunks).toString().split("\r\n\r\n")
      const text = rest.join("\r\n\r\n")
      const code = /<Code>(\w+)<\/Code>/.exec(text)?.[1] ?? ""
      resolve({ status: Number(head.split(" ")[1] ?? 0), head, body: text, code })
    })
  })
