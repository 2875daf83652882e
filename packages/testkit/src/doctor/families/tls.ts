/** Encryption: where there is none, where there is some, and certificates. */
import * as Effect from "effect/Effect"
import type { TlsOptions } from "node:tls"
import { issue, makeAuthority, type Issued } from "../certificates.ts"
import { family, type DoctorCase, type Situation } from "../DoctorCase.ts"
import type { DoctorSubject, Service } from "../DoctorSubject.ts"
import { encrypting, relayTo, securing, talking } from "../sockets.ts"
import { inventoryOf, withService } from "../worlds.ts"

const portOf = ({ origin }: Service): number => Number(new URL(origin).port)

export const tls = (subject: DoctorSubject): ReadonlyArray<DoctorCase> => {
  const { optionsFor, endpoint, service } = subject
  const authority = makeAuthority("Authority of tests")
  const trusting = { certificateAuthorities: [authority.certificate] }
  const right = issue(["localhost", "127.0.0.1"], authority)
  const valid = (from: string, to: string) => issue(["localhost"], authority, { from, to })
  /** The service behind TLS at `https://localhost`. */
  const before = (
    issued: Issued,
    situation: (port: number) => Partial<Situation> = () => ({}),
    options: TlsOptions = {}
  ) =>
    Effect.gen(function* () {
      const it = yield* service
      const port = yield* encrypting(issued, portOf(it), options)
      const config = optionsFor(`https://localhost:${port}`)
      return { config, transport: trusting, ...inventoryOf(it), ...situation(port) }
    })
  const trusted = Effect.gen(function* () {
    const it = yield* service
    const port = yield* securing(right, portOf(it))
    return { config: optionsFor(`https://localhost:${port}`), transport: trusting, at: it.at, ...inventoryOf(it) }
  })
  const plainAt = (port: number) => ({ config: optionsFor(`http://localhost:${port}`) })
  /** A server of TLS that tells plain HTTP, in HTTP, that it is wrong here, as nginx and Go do. */
  const telling = Effect.gen(function* () {
    const inner = yield* encrypting(right, portOf(yield* service))
    const port = yield* talking((socket) => {
      socket.once("data", (first: Buffer) => {
        if (first[0] === 22) return void relayTo(inner, socket).write(first)
        socket.end("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n")
      })
    })
    return { ...plainAt(port), transport: trusting }
  })
  const unspoken = `tls failed provider_unavailable ${endpoint}`
  const secure = {
    finding: `connect failed provider_unavailable ${endpoint}`,
    suggestion: "https://localhost:PORT"
  }
  const misnamed = { finding: `tls failed tls_hostname ${endpoint}`, suggestion: "name that its certificate is for" }
  return family("tls", [
    {
      name: "a certificate of a trusted authority",
      arrange: trusted,
      finding: "passed"
    },
    {
      name: "https where the service has none",
      arrange: withService(subject, (it) => ({ config: optionsFor(`https://127.0.0.1:${portOf(it)}`) })),
      finding: unspoken,
      suggestion: "http://127.0.0.1:PORT"
    },
    {
      name: "no scheme where the service has no TLS",
      arrange: withService(subject, (it) => ({ config: optionsFor(`localhost:${portOf(it)}`) })),
      finding: unspoken,
      suggestion: "http://localhost:PORT"
    },
    {
      name: "http where the service speaks TLS and breaks the connection",
      arrange: before(right, plainAt),
      ...secure
    },
    { name: "http where the service speaks TLS and says so", arrange: telling, ...secure },
    {
      name: "SSH where TLS is expected",
      arrange: Effect.map(
        talking((socket) => void socket.write("SSH-2.0-OpenSSH_9.6\r\n")),
        (port) => ({ config: optionsFor(`https://127.0.0.1:${port}`) })
      ),
      finding: unspoken,
      suggestion: "answers in TLS"
    },
    {
      name: "a certificate that signs itself",
      arrange: before(issue(["localhost"])),
      finding: `tls failed tls_untrusted ${endpoint}`,
      suggestion: "authority"
    },
    {
      name: "a certificate of an unknown authority",
      arrange: before(issue(["localhost"], makeAuthority("Authority of strangers"))),
      finding: `tls failed tls_untrusted ${endpoint}`,
      suggestion: "NODE_EXTRA_CA_CERTS"
    },
    {
      name: "a certificate that has expired",
      arrange: before(valid("200101", "210101")),
      finding: `tls failed tls_expired ${endpoint}`,
      suggestion: "clock"
    },
    {
      name: "a certificate that is not valid yet",
      arrange: before(valid("480101", "490101")),
      // A machine that lost the time is behind it: no option is to blame.
      finding: "tls failed tls_untrusted -",
      suggestion: "clock"
    },
    { name: "a certificate for another host", arrange: before(issue(["store.test"], authority)), ...misnamed },
    {
      name: "an address where the certificate is for a name",
      arrange: before(issue(["localhost"], authority), (port) => ({ config: optionsFor(`https://127.0.0.1:${port}`) })),
      ...misnamed
    },
    {
      name: "TLS 1.1",
      arrange: before(right, undefined, { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" }),
      finding: unspoken,
      suggestion: "TLS 1.2"
    },
    {
      name: "HTTP/2 only over TLS",
      arrange: before(right, undefined, { ALPNProtocols: ["h2"] }),
      finding: unspoken,
      suggestion: "HTTP/1.1"
    }
  ])
}
