/** Encryption: where there is none, where there is some, and certificates. */
import * as Effect from "effect/Effect"
import { connect } from "node:net"
import { issue, makeAuthority, type Issued } from "../certificates.ts"
import { family, type Situation } from "../DoctorCase.ts"
import { encrypting, optionsFor, runningDouble, talking, withDouble } from "../worlds.ts"

const authority = makeAuthority("Authority of tests")
const stranger = makeAuthority("Authority of strangers")
const trusting = { certificateAuthorities: [authority.certificate] }
const right = issue(["localhost", "127.0.0.1"], authority)

const before = (issued: Issued, situation: (port: number) => Partial<Situation> = () => ({}), options = {}) =>
  Effect.gen(function* () {
    const double = yield* runningDouble()
    const port = yield* encrypting(issued, double.port, options)
    return {
      config: optionsFor(`https://localhost:${port}`),
      double,
      transport: trusting,
      ...situation(port)
    }
  })

/** A server of TLS that tells plain HTTP, in HTTP, that it is wrong here, as nginx and Go do. */
const telling = Effect.gen(function* () {
  const double = yield* runningDouble()
  const inner = yield* encrypting(right, double.port)
  const port = yield* talking((socket) => {
    socket.once("data", (first: Buffer) => {
      if (first[0] !== 22) {
        socket.end("HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n")
        return
      }
      const behind = connect(inner, "127.0.0.1")
      socket.on("close", () => behind.destroy())
      behind.on("error", () => socket.destroy())
      behind.write(first)
      socket.pipe(behind).pipe(socket)
    })
  })
  return { config: optionsFor(`http://localhost:${port}`), transport: trusting }
})

export const tls = family("tls", [
  { name: "a certificate of a trusted authority", arrange: before(right, () => ({ at: ["b"] })), finding: "passed" },
  {
    name: "https where the service has none",
    arrange: withDouble(({ port }) => ({ config: { endpoint: `https://127.0.0.1:${port}` } })),
    finding: "tls failed provider_unavailable #/endpoint",
    suggestion: "http://127.0.0.1:PORT"
  },
  {
    name: "no scheme where the service has no TLS",
    arrange: withDouble(({ port }) => ({ config: { endpoint: `localhost:${port}` } })),
    finding: "tls failed provider_unavailable #/endpoint",
    suggestion: "http://localhost:PORT"
  },
  {
    name: "http where the service speaks TLS and breaks the connection",
    arrange: before(right, (port) => ({ config: optionsFor(`http://localhost:${port}`) })),
    finding: "connect failed provider_unavailable #/endpoint",
    suggestion: "https://localhost:PORT"
  },
  {
    name: "http where the service speaks TLS and says so",
    arrange: telling,
    finding: "connect failed provider_unavailable #/endpoint",
    suggestion: "https://localhost:PORT"
  },
  {
    name: "SSH where TLS is expected",
    arrange: Effect.map(
      talking((socket) => void socket.write("SSH-2.0-OpenSSH_9.6\r\n")),
      (port) => ({ config: optionsFor(`https://127.0.0.1:${port}`) })
    ),
    finding: "tls failed provider_unavailable #/endpoint",
    suggestion: "answers in TLS"
  },
  {
    name: "a certificate that signs itself",
    arrange: before(issue(["localhost"])),
    finding: "tls failed tls_untrusted #/endpoint",
    suggestion: "authority"
  },
  {
    name: "a certificate of an unknown authority",
    arrange: before(issue(["localhost"], stranger)),
    finding: "tls failed tls_untrusted #/endpoint",
    suggestion: "NODE_EXTRA_CA_CERTS"
  },
  {
    name: "a certificate that has expired",
    arrange: before(issue(["localhost"], authority, { from: "200101", to: "210101" })),
    finding: "tls failed tls_expired #/endpoint",
    suggestion: "clock"
  },
  {
    name: "a certificate that is not valid yet",
    arrange: before(issue(["localhost"], authority, { from: "480101", to: "490101" })),
    // A machine that lost the time is behind it: no option is to blame.
    finding: "tls failed tls_untrusted -",
    suggestion: "clock"
  },
  {
    name: "a certificate for another host",
    arrange: before(issue(["store.test"], authority)),
    finding: "tls failed tls_hostname #/endpoint",
    suggestion: "name that its certificate is for"
  },
  {
    name: "an address where the certificate is for a name",
    arrange: before(issue(["localhost"], authority), (port) => ({ config: optionsFor(`https://127.0.0.1:${port}`) })),
    finding: "tls failed tls_hostname #/endpoint",
    suggestion: "name that its certificate is for"
  },
  {
    name: "a certificate that does not cover the bucket's host name",
    arrange: before(right, (port) => ({
      config: { ...optionsFor(`https://localhost:${port}`), force_path_style: false },
      hosts: ["bucket.localhost"],
      at: ["bucket"]
    })),
    finding: "tls failed tls_hostname #/force_path_style",
    suggestion: "true"
  },
  {
    name: "TLS 1.1",
    arrange: before(right, () => ({}), { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "ALL:@SECLEVEL=0" }),
    finding: "tls failed provider_unavailable #/endpoint",
    suggestion: "TLS 1.2"
  },
  {
    name: "HTTP/2 only over TLS",
    arrange: before(right, () => ({}), { ALPNProtocols: ["h2"] }),
    finding: "tls failed provider_unavailable #/endpoint",
    suggestion: "HTTP/1.1"
  }
])
