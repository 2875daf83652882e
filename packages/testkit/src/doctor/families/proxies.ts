/** What stands between: portals, gateways, proxies, redirects. */
import * as Effect from "effect/Effect"
import { family, type DoctorCase } from "../DoctorCase.ts"
import type { DoctorSubject } from "../DoctorSubject.ts"
import { talking } from "../sockets.ts"
import { page, saying, withService } from "../worlds.ts"

const operator = "operator of the service"

export const proxies = (subject: DoctorSubject): ReadonlyArray<DoctorCase> => {
  const { optionsFor, endpoint, api } = subject
  const moved = (location: (host: string) => string, status = 302) =>
    saying(subject, (_, host) => ({ status, headers: { location: location(host) } }))
  /** A proxy that answers the wish for a tunnel so. */
  const proxied = (answer: string) =>
    Effect.map(
      talking((socket) => void socket.once("data", () => socket.end(answer))),
      (port) => ({
        config: optionsFor("https://store.test"),
        transport: { proxy: { https: `http://127.0.0.1:${port}` } }
      })
    )
  const through = (http: string) => withService(subject, () => ({ transport: { proxy: { http } } }))
  const portal = { finding: `authenticate failed not_a_storage_endpoint ${endpoint}`, suggestion: api }
  const environment = "HTTPS_PROXY"
  const refusing = { finding: "connect failed provider_unavailable -", suggestion: environment }
  return family("proxies", [
    { name: "a portal that redirects to its login", arrange: moved(() => "http://login.portal.test/"), ...portal },
    {
      name: "a portal that answers with its login",
      arrange: saying(subject, page(200, "Welcome to the hotel")),
      ...portal
    },
    {
      name: "a portal that says 511",
      arrange: saying(subject, page(511, "Network Authentication Required")),
      ...portal
    },
    { name: "a portal that says 511 without a page", arrange: saying(subject, { status: 511 }), ...portal },
    {
      name: "a web server that redirects to https",
      arrange: moved((host) => `https://${host}/`, 301),
      ...portal,
      suggestion: "https://127.0.0.1:PORT"
    },
    { name: "a redirect to itself", arrange: moved(() => "/"), ...portal },
    {
      name: "a page of maintenance",
      arrange: saying(subject, page(503, "Down for maintenance")),
      finding: "authenticate failed provider_unavailable -",
      suggestion: "try again later"
    },
    {
      name: "a gateway whose service is gone",
      arrange: saying(subject, page(502, "Bad Gateway")),
      finding: "authenticate failed provider_unavailable -",
      suggestion: operator
    },
    {
      name: "a gateway whose service does not answer",
      arrange: saying(subject, page(504, "Gateway Timeout")),
      finding: "authenticate failed timeout -",
      suggestion: operator
    },
    {
      name: "a firewall that refuses with a page",
      arrange: saying(subject, page(403, "Access denied by policy")),
      ...portal
    },
    {
      name: "a proxy in the environment that is not there",
      arrange: through("http://127.0.0.1:1"),
      finding: "connect failed connect_refused -",
      suggestion: environment
    },
    {
      name: "a proxy in the environment whose name does not exist",
      arrange: through("http://proxy.test:3128"),
      finding: "resolve failed dns_failed -",
      suggestion: environment
    },
    {
      name: "a proxy that wants a password",
      arrange: proxied("HTTP/1.1 407 Proxy Authentication Required\r\ncontent-length: 0\r\n\r\n"),
      ...refusing
    },
    {
      name: "a proxy that does not permit the host",
      arrange: proxied("HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n"),
      ...refusing
    },
    { name: "a proxy that is none", arrange: proxied("SSH-2.0-OpenSSH_9.6\r\n"), ...refusing }
  ])
}
