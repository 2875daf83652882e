/** The way to the port, and what listens there. */
import { multiTenant } from "@mooring/core/EgressPolicy"
import * as Effect from "effect/Effect"
import type { Socket } from "node:net"
import { family, type DoctorCase } from "../DoctorCase.ts"
import type { DoctorSubject } from "../DoctorSubject.ts"
import { talking } from "../sockets.ts"

/** A silence that is waited for is short, and however slow the machine, it stays one. */
const impatient = { idleTimeout: 300, connectTimeout: 1_000 }

const once = (bytes: string | Uint8Array) => (socket: Socket) => void socket.once("data", () => socket.end(bytes))

/** What speaks another protocol at the port. */
const strangers: Readonly<Record<string, (socket: Socket) => void>> = {
  "SSH at the port": (socket) => void socket.write("SSH-2.0-OpenSSH_9.6\r\n"),
  "SMTP at the port": (socket) => void socket.write("220 mail.test ESMTP\r\n"),
  "a database at the port": once("-ERR unknown command 'GET'\r\n"),
  // An empty SETTINGS frame, with which a server of HTTP/2 begins (RFC 9113, section 3.4).
  "HTTP/2 only at the port": (socket) => void socket.write(Buffer.of(0, 0, 0, 4, 0, 0, 0, 0, 0))
}

export const network = (subject: DoctorSubject): ReadonlyArray<DoctorCase> => {
  const { optionsFor, endpoint, api } = subject
  const nobody = (address: string) => Effect.succeed({ config: optionsFor(address) })
  const listening = (talk: (socket: Socket) => void, transport = {}, scheme = "http") =>
    Effect.map(talking(talk), (port) => ({ config: optionsFor(`${scheme}://127.0.0.1:${port}`), transport }))
  const answers = "an address and port at which the service answers"
  const late = { finding: `connect failed timeout ${endpoint}`, suggestion: answers }
  const broken = { finding: `connect failed provider_unavailable ${endpoint}`, suggestion: answers }
  return family("network", [
    {
      name: "a host name that does not exist",
      arrange: nobody("https://storr.test"),
      finding: `resolve failed dns_failed ${endpoint}`,
      suggestion: "slips"
    },
    {
      name: "a port at which nobody listens",
      arrange: Effect.succeed({ config: optionsFor("http://store.test:1"), hosts: ["store.test"] }),
      finding: `connect failed connect_refused ${endpoint}`,
      suggestion: "port"
    },
    {
      name: "localhost, which is another machine",
      arrange: nobody("http://localhost:1"),
      finding: `connect failed connect_refused ${endpoint}`,
      suggestion: "the machine on which Mooring runs"
    },
    { name: "a black hole", arrange: listening(() => undefined, impatient), ...late },
    { name: "a black hole for TLS", arrange: listening(() => undefined, impatient, "https"), ...late },
    {
      name: "half of an answer's head",
      arrange: listening(
        (socket) => void socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\ncont")),
        impatient
      ),
      ...late
    },
    {
      name: "an answer that comes in drops and never ends",
      arrange: Effect.map(
        listening((socket) => {
          socket.write("HTTP/1.1 200 OK\r\ncontent-length: 1000000\r\n\r\n")
          const drops = setInterval(() => socket.write(" "), 20)
          socket.on("close", () => clearInterval(drops))
        }),
        (situation) => ({ ...situation, haste: 20 })
      ),
      ...late
    },
    { name: "connections are taken and closed", arrange: listening((socket) => void socket.end()), ...broken },
    {
      name: "connections are reset at the request",
      arrange: listening((socket) => void socket.once("data", () => socket.resetAndDestroy())),
      ...broken
    },
    ...Object.entries(strangers).map(([name, talk]) => ({
      name,
      arrange: listening(talk),
      finding: `authenticate failed not_a_storage_endpoint ${endpoint}`,
      suggestion: api
    })),
    {
      name: "an address that the operator denies",
      arrange: Effect.succeed({ config: optionsFor("http://127.0.0.1:9000"), transport: { policy: multiTenant } }),
      finding: `connect failed egress_denied ${endpoint}`,
      suggestion: "permits"
    }
  ])
}
