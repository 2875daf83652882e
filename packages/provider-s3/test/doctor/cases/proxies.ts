/** What stands between: portals, proxies, redirects. */
import * as Effect from "effect/Effect"
import { family } from "../DoctorCase.ts"
import { optionsFor, page, saying, talking, withDouble } from "../worlds.ts"

const portal = "authenticate failed not_a_storage_endpoint #/endpoint"
const environment = "HTTPS_PROXY"

const moved = (location: (host: string) => string, status = 302) =>
  saying((_, host) => ({ status, headers: { location: location(host) } }))

/** A proxy that answers the wish for a tunnel so. */
const proxied = (answer: string) =>
  Effect.map(
    talking((socket) => void socket.once("data", () => socket.end(answer))),
    (port) => ({
      config: optionsFor("https://store.test"),
      transport: { proxy: { https: `http://127.0.0.1:${port}` } }
    })
  )

export const proxies = family("proxies", [
  {
    name: "a portal that redirects to its login",
    arrange: moved(() => "http://login.portal.test/"),
    finding: portal,
    suggestion: "S3 API"
  },
  {
    name: "a portal that answers with its login",
    arrange: saying(page(200, "Welcome to the hotel")),
    finding: portal,
    suggestion: "S3 API"
  },
  {
    name: "a portal that says 511",
    arrange: saying(page(511, "Network Authentication Required")),
    finding: portal,
    suggestion: "S3 API"
  },
  {
    name: "a portal that says 511 without a page",
    arrange: saying({ status: 511 }),
    finding: portal,
    suggestion: "S3 API"
  },
  {
    name: "a web server that redirects to https",
    arrange: moved((host) => `https://${host}/`, 301),
    finding: portal,
    suggestion: "https://127.0.0.1:PORT"
  },
  {
    name: "a redirect to itself",
    arrange: moved(() => "/", 302),
    finding: portal,
    suggestion: "S3 API"
  },
  {
    name: "a page of maintenance",
    arrange: saying(page(503, "Down for maintenance")),
    finding: "authenticate failed provider_unavailable -",
    suggestion: "try again later"
  },
  {
    name: "a gateway whose service is gone",
    arrange: saying(page(502, "Bad Gateway")),
    finding: "authenticate failed provider_unavailable -",
    suggestion: "operator of the service"
  },
  {
    name: "a gateway whose service does not answer",
    arrange: saying(page(504, "Gateway Timeout")),
    finding: "authenticate failed timeout -",
    suggestion: "operator of the service"
  },
  {
    name: "a firewall that refuses with a page",
    arrange: saying(page(403, "Access denied by policy")),
    finding: portal,
    suggestion: "S3 API"
  },
  {
    name: "a proxy in the environment that is not there",
    arrange: withDouble(({ endpoint }) => ({
      config: { endpoint },
      transport: { proxy: { http: "http://127.0.0.1:1" } }
    })),
    finding: "connect failed connect_refused -",
    suggestion: environment
  },
  {
    name: "a proxy in the environment whose name does not exist",
    arrange: withDouble(({ endpoint }) => ({
      config: { endpoint },
      transport: { proxy: { http: "http://proxy.test:3128" } }
    })),
    finding: "resolve failed dns_failed -",
    suggestion: environment
  },
  {
    name: "a proxy that wants a password",
    arrange: proxied("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"),
    finding: "connect failed provider_unavailable -",
    suggestion: environment
  },
  {
    name: "a proxy that does not permit the host",
    arrange: proxied("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"),
    finding: "connect failed provider_unavailable -",
    suggestion: environment
  },
  {
    name: "a proxy that is none",
    arrange: proxied("SSH-2.0-OpenSSH_9.6\r\n"),
    finding: "connect failed provider_unavailable -",
    suggestion: environment
  }
])
