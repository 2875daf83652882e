/** Requests byte by byte, and what comes back. */
import { createHash, createSign } from "node:crypto"
import { request as httpRequest } from "node:http"
import { defaultServiceAccount, type ServiceAccount } from "../index.ts"

export interface WireRequest {
  readonly method: string
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Buffer
}

export interface WireResponse {
  readonly status: number
  readonly headers: Readonly<Record<string, string | ReadonlyArray<string> | undefined>>
  readonly body: string
  /** The reason or status in JSON, the code in XML or of OAuth; `text` for plain text, "" for none. */
  readonly reason: string
}

const reasonOf = (type: string, body: string): string => {
  if (body === "") return ""
  if (type.includes("xml")) return /<Code>(\w+)<\/Code>/.exec(body)?.[1] ?? ""
  if (!type.includes("json")) return "text"
  const { error } = JSON.parse(body)
  return typeof error === "string" ? error : (error?.errors?.[0]?.reason ?? error?.status ?? "")
}

/** Sends exactly this target, which `fetch` would normalise. */
export const send = (port: number, { method, target, headers, body }: WireRequest): Promise<WireResponse> =>
  new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, method, path: target, setHost: false, agent: false as const }
    const length = { "content-length": String(Buffer.byteLength(body)) }
    const outgoing = httpRequest({ ...options, headers: { ...length, ...headers } }, (answer) => {
      const chunks: Array<Buffer> = []
      answer.on("data", (chunk: Buffer) => chunks.push(chunk))
      answer.on("error", reject)
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString()
        const { statusCode: status = 0, headers: told } = answer
        resolve({ status, headers: told, body: text, reason: reasonOf(told["content-type"] ?? "", text) })
      })
    })
    outgoing.on("error", reject)
    outgoing.end(body)
  })

const base64url = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url")

/** A signed assertion with these claims. */
export const assertionOf = (
  claims: Readonly<Record<string, unknown>>,
  { privateKey }: ServiceAccount = defaultServiceAccount,
  head: Readonly<Record<string, unknown>> = { alg: "RS256", typ: "JWT" }
): string => {
  const signed = `${base64url(head)}.${base64url(claims)}`
  return `${signed}.${createSign("RSA-SHA256").update(signed).sign(privateKey).toString("base64url")}`
}

export interface Signing {
  readonly method: string
  readonly path: string
  readonly host: string
  /** Signed beside the host; lower-case names. */
  readonly headers?: Readonly<Record<string, string>>
  readonly query?: Readonly<Record<string, string>>
  readonly account?: ServiceAccount
  /** Seconds. */
  readonly expires?: number
}

/** The target of a URL that is signed by hand. */
export const signedTarget = ({ method, path, host, ...rest }: Signing): string => {
  const { headers = {}, query = {}, account = defaultServiceAccount, expires = 60 } = rest
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "")
  const scope = `${date.slice(0, 8)}/auto/storage/goog4_request`
  const all: Readonly<Record<string, string>> = { ...headers, host }
  const names = Object.keys(all).sort()
  const parameters = Object.entries({
    "X-Goog-Algorithm": "GOOG4-RSA-SHA256",
    "X-Goog-Credential": `${account.email}/${scope}`,
    "X-Goog-Date": date,
    "X-Goog-Expires": String(expires),
    "X-Goog-SignedHeaders": names.join(";"),
    ...query
  })
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort()
    .join("&")
  const lines = names.map((name) => `${name}:${all[name]}\n`).join("")
  const canonical = [method, path, parameters, lines, names.join(";"), "UNSIGNED-PAYLOAD"].join("\n")
  const digest = createHash("sha256").update(canonical).digest("hex")
  const signature = createSign("RSA-SHA256").update(["GOOG4-RSA-SHA256", date, scope, digest].join("\n"))
  return `${path}?${parameters}&X-Goog-Signature=${signature.sign(account.privateKey).toString("hex")}`
}
