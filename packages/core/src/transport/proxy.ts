/**
 * Forward proxies: which one a host is reached through, and the tunnel through it (RFC 9110, CONNECT).
 *
 * http targets are tunnelled like https ones, so that the policy, the pinned address and the deadlines hold for both.
 */
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { request } from "node:http"
import { isIPv6, type Socket } from "node:net"
import { StorageError } from "../StorageError.ts"
import type { Target } from "./target.ts"
import { transportError } from "./transportErrors.ts"

/** The operator's proxies, as `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY` name them. */
export interface ProxyOptions {
  /** Proxy for https targets and TLS connections: `http://user:password@host:port`, or `host:port`. */
  readonly https?: string
  /** Proxy for http targets. */
  readonly http?: string
  /** Hosts that are reached without one: `host`, `.domain`, `host:port`, or `*` for all. A name covers its subdomains. */
  readonly none?: ReadonlyArray<string>
}

const exempts = (rule: string, { host, port }: Target): boolean => {
  const text = rule.trim().toLowerCase()
  const [, name = "", only] = /^\[?(.*?)\]?(?::(\d+))?$/.exec(isIPv6(text) ? `[${text}]` : text) ?? []
  const domain = name.replace(/^\*?\./, "")
  if (domain === "" || (only !== undefined && Number(only) !== port)) return false
  return domain === "*" || host.toLowerCase() === domain || host.toLowerCase().endsWith(`.${domain}`)
}

/** Nothing goes out past a proxy that cannot be used: why there is one is the operator's to know. */
const unusable = StorageError.of("invalid_value", "the proxy of this machine is not the address of an http proxy")

/**
 * The proxy for a target; undefined if it is reached directly. One without a scheme speaks http, as curl reads it. Fails
 * with `invalid_value` if it is written in a way that names no http proxy.
 */
export const proxyFor = (
  options: ProxyOptions | undefined,
  target: Target
): Result.Result<URL | undefined, StorageError> => {
  const proxy = target.secure ? options?.https : options?.http
  if (proxy === undefined || options?.none?.some((rule) => exempts(rule, target)) === true) {
    return Result.succeed(undefined)
  }
  const url = URL.parse(proxy.includes("://") ? proxy : `http://${proxy}`)
  return url !== null && /^https?:$/.test(url.protocol) ? Result.succeed(url) : Result.fail(unusable)
}

/** A part of a URL; what is no percent-encoding stands for itself. */
const decoded = (text: string): string =>
  Result.getOrElse(
    Result.try(() => decodeURIComponent(text)),
    () => text
  )

const authorization = ({ username, password }: URL): Record<string, string> => {
  if (username === "") return {}
  const pair = `${decoded(username)}:${decoded(password)}`
  return { "proxy-authorization": `Basic ${Buffer.from(pair).toString("base64")}` }
}

const refused = (status: number) =>
  StorageError.of("provider_unavailable", `the proxy refused the connection with status ${status}`, {
    retryable: status >= 500
  })

/**
 * Asks a proxy, over an open socket to it, for a tunnel to an address or name. The socket is the tunnel from then on.
 * Fails with `provider_unavailable` if the proxy refuses; worth another try only if the trouble is the proxy's own.
 */
export const openTunnel = (socket: Socket, proxy: URL, address: string, port: number) =>
  Effect.callback<Socket, StorageError>((resume) => {
    const authority = `${isIPv6(address) ? `[${address}]` : address}:${port}`
    const call = request({
      method: "CONNECT",
      path: authority,
      headers: { host: authority, ...authorization(proxy) },
      createConnection: () => socket
    })
    call.once("error", (error) => resume(Effect.fail(transportError(error, proxy.hostname))))
    call.once("connect", ({ statusCode = 0 }, tunnel: Socket, head: Buffer) => {
      if (head.byteLength > 0) tunnel.unshift(head)
      resume(statusCode >= 200 && statusCode < 300 ? Effect.succeed(tunnel) : Effect.fail(refused(statusCode)))
    })
    call.end()
  }).pipe(Effect.onError(() => Effect.sync(() => socket.destroy())))
