/** The way to the port, and what listens there. */
import { multiTenant } from "@mooring/core/EgressPolicy"
import * as Effect from "effect/Effect"
import type { Socket } from "node:net"
import { family } from "../DoctorCase.ts"
import { keys, optionsFor, talking } from "../worlds.ts"

const nobody = (endpoint: string) => Effect.succeed({ config: { ...keys, endpoint } })

/** A silence that is waited for is short, and however slow the machine, it stays one. */
const impatient = { idleTimeout: 300, connectTimeout: 1_000 }

const listening = (talk: (socket: Socket) => void, transport = {}, scheme = "http") =>
  Effect.map(talking(talk), (port) => ({ config: optionsFor(`${scheme}://127.0.0.1:${port}`), transport }))

const once = (bytes: string | Uint8Array) => (socket: Socket) => void socket.once("data", () => socket.end(bytes))

export const network = family("network", [
  {
    name: "a host name that does not exist",
    arrange: nobody("https://storr.test"),
    finding: "resolve failed dns_failed #/endpoint",
    suggestion: "slips"
  },
  {
    name: "a port at which nobody listens",
    arrange: Effect.succeed({ config: optionsFor("http://store.test:1"), hosts: ["store.test"] }),
    finding: "connect failed connect_refused #/endpoint",
    suggestion: "port"
  },
  {
    name: "localhost, which is another machine",
    arrange: nobody("http://localhost:1"),
    finding: "connect failed connect_refused #/endpoint",
    suggestion: "the machine on which Mooring runs"
  },
  {
    name: "a black hole",
    arrange: listening(() => undefined, impatient),
    finding: "connect failed timeout #/endpoint",
    suggestion: "an address and port at which the service answers"
  },
  {
    name: "a black hole for TLS",
    arrange: listening(() => undefined, impatient, "https"),
    finding: "connect failed timeout #/endpoint",
    suggestion: "an address and port at which the service answers"
  },
  {
    name: "half of an answer's head",
    arrange: listening((socket) => void socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\ncont")), impatient),
    finding: "connect failed timeout #/endpoint",
    suggestion: "an address and port at which the service answers"
  },
  {
    name: "an answer that comes in drops and never ends",
    arrange: Effect.map(
      listening((socket) => {
        socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n<ListAllMyBucketsResult>")
        const drops = setInterval(() => socket.write(" "), 20)
        socket.on("close", () => clearInterval(drops))
      }),
      (situation) => ({ ...situation, policy: { concurrency: 1, retries: 0, deadline: 1_000 } })
    ),
    finding: "connect failed timeout #/endpoint",
    suggestion: "an address and port at which the service answers"
  },
  {
    name: "connections are taken and closed",
    arrange: listening((socket) => void socket.end()),
    finding: "connect failed provider_unavailable #/endpoint",
    suggestion: "an address and port at which the service answers"
  },
  {
    name: "connections are reset at the request",
    arrange: listening((socket) => void socket.once("data", () => socket.resetAndDestroy())),
    finding: "connect failed provider_unavailable #/endpoint",
    suggestion: "an address and port at which the service answers"
  },
  {
    name: "SSH at the port",
    arrange: listening((socket) => void socket.write("SSH-2.0-OpenSSH_9.6\r\n")),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "S3 API"
  },
  {
    name: "SMTP at the port",
    arrange: listening((socket) => void socket.write("220 mail.test ESMTP\r\n")),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "S3 API"
  },
  {
    name: "a database at the port",
    arrange: listening(once("-ERR unknown command 'GET'\r\n")),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "S3 API"
  },
  {
    name: "HTTP/2 only at the port",
    // An empty SETTINGS frame, with which a server of HTTP/2 begins (RFC 9113, section 3.4).
    arrange: listening((socket) => void socket.write(Buffer.of(0, 0, 0, 4, 0, 0, 0, 0, 0))),
    finding: "authenticate failed not_a_storage_endpoint #/endpoint",
    suggestion: "S3 API"
  },
  {
    name: "an address that the operator denies",
    arrange: Effect.succeed({ config: optionsFor("http://127.0.0.1:9000"), transport: { policy: multiTenant } }),
    finding: "connect failed egress_denied #/endpoint",
    suggestion: "permits"
  }
])
