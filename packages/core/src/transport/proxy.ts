/**
 * Which connections go through a proxy, and the tunnel through it (RFC 9110, CONNECT).
 */
import * as Effect from "effect/Effect"
import type { Socket } from "node:net"
import { StorageError } from "../StorageError.ts"
import { transportError } from "./transportErrors.ts"

/** Where a connection leads. */
export interface Target {
  readonly host: string
  readonly port: number
  readonly secure: boolean
}

/** As the operator's environment says: `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`. */
export interface ProxyOptions {
  readonly https?: string
  readonly http?: string
  /** Hosts that are reached directly: names with all below them, `host:port`, or `*`. */
  readonly none?: ReadonlyArray<string>
}

const matches = (entry: string, { host, port }: Target): boolean => {
  const [name = "", only] = entry.trim().toLowerCase().split(":")
  if (name === "" || (only !== undefined && only !== String(port))) return false
  const base = name.replace(/^\*?\./, "")
  const asked = host.toLowerCase()
  return name === "*" || asked === base || asked.endsWith(`.${base}`)
}

/** The proxy for a target, or undefined if it is reached directly. */
export const proxyFor = (options: ProxyOptions | undefined, target: Target): URL | undefined => {
  const text = target.secure ? options?.https : options?.http
  if (text === undefined || text === "" || options?.none?.some((entry) => matches(entry, target)) === true)
    return undefined
  return URL.parse(text) ?? undefined
}

/** The proxy itself as a target. */
export const proxyTarget = (proxy: URL): Target => {
  const secure = proxy.protocol === "https:"
  return {
    host: proxy.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(proxy.port === "" ? (secure ? 443 : 80) : proxy.port),
    secure
  }
}

const authorization = ({ username, password }: URL): string =>
  username === ""
    ? ""
    : `proxy-authorization: Basic ${Buffer.from(`${decodeURIComponent(username)}:${decodeURIComponent(password)}`).toString("base64")}\r\n`

const headEnd = "\r\n\r\n"
const maxHead = 16 * 1024

/** Waits for the head of the proxy's answer; what came after it belongs to the tunnel. */
const answerOf = (socket: Socket, host: string) =>
  Effect.callback<number, StorageError>((resume) => {
    let head = ""
    const leave = () => socket.off("data", onData).off("error", onError).off("close", onClose).pause()
    const onError = (error: unknown) => {
      leave()
      resume(Effect.fail(transportError(error, host)))
    }
    const onClose = () => onError({ code: "ECONNRESET" })
    const onData = (bytes: Buffer) => {
      head += bytes.toString("latin1")
      const end = head.indexOf(headEnd)
      if (end === -1 && head.length < maxHead) return
      leave()
      const rest = Buffer.from(head.slice(end + headEnd.length), "latin1")
      if (rest.length > 0) socket.unshift(rest)
      resume(Effect.succeed(Number(/^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1] ?? 0)))
    }
    socket.on("data", onData).on("error", onError).on("close", onClose)
  })

/** The same socket, from now on connected to the target. A proxy that refuses is `connect_refused`. */
export const openTunnel = Effect.fnUntraced(function* (socket: Socket, proxy: URL, address: string, port: number) {
  const authority = `${address.includes(":") ? `[${address}]` : address}:${port}`
  socket.write(`CONNECT ${authority} HTTP/1.1\r\nhost: ${authority}\r\n${authorization(proxy)}\r\n`)
  const status = yield* answerOf(socket, proxy.host)
  if (status >= 200 && status < 300) return socket
  socket.destroy()
  return yield* StorageError.of("connect_refused", `the proxy ${proxy.host} refused the connection (${status})`)
})
