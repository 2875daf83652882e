/**
 * What the cases meet: a double, a server that says what a case makes it say, one that does not speak HTTP, one that
 * speaks TLS.
 */
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { createServer, connect, type AddressInfo, type Server, type Socket } from "node:net"
import { createServer as createTlsServer, type TlsOptions } from "node:tls"
import { defaultAccessKey, startS3Double, type S3Double, type S3DoubleOptions } from "../double/index.ts"
import { rawServer } from "../rawServer.ts"
import type { Issued } from "./certificates.ts"
import type { DoctorCase, Situation } from "./DoctorCase.ts"

/** The keys of the double, as options. */
export const keys = {
  access_key_id: defaultAccessKey.accessKeyId,
  secret_access_key: defaultAccessKey.secretAccessKey
}

/** Options that are right for a service at this endpoint. */
export const optionsFor = (endpoint: string) => ({ ...keys, endpoint })

export type Arranged = DoctorCase["arrange"]

/** A double with an empty bucket `b`, unless said otherwise. */
export const runningDouble = (options: S3DoubleOptions = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => startS3Double({ buckets: ["b"], ...options })),
    (it) => Effect.promise(() => it.close())
  )

/** Such a double; `change` says what is wrong. */
export const withDouble = (
  change: (double: S3Double) => Partial<Situation> = () => ({}),
  options: S3DoubleOptions = {}
): Arranged =>
  Effect.map(runningDouble(options), (double) => {
    const { config, ...rest } = change(double)
    return { double, config: { ...optionsFor(double.endpoint), ...config }, ...rest }
  })

/** An answer of a server that is not the double. */
export interface Said {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  /** Leaves out the header `date`. */
  readonly undated?: boolean
}

/** An error as S3 tells it: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const refused = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Said => ({
  status,
  headers: { "content-type": "application/xml", "x-amz-request-id": "4442587FB7D0A2F9", ...headers },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>text</Message></Error>`
})

export const page = (status: number, title: string): Said => ({
  status,
  headers: { "content-type": "text/html" },
  body: `<!DOCTYPE html><html><head><title>${title}</title></head><body>${title}</body></html>`
})

/** A server that says the same to everybody, or what it makes of the path and host. */
export const saying = (
  said: Said | ((path: string, host: string) => Said),
  situation: (origin: string) => Partial<Situation> = () => ({})
): Arranged =>
  Effect.map(
    rawServer((request, response) => {
      const answer = typeof said === "function" ? said(request.url ?? "", request.headers.host ?? "") : said
      if (answer.undated === true) response.sendDate = false
      response.writeHead(answer.status, answer.headers).end(answer.body)
    }),
    (origin) => {
      const { config, ...rest } = situation(origin)
      return { config: { ...optionsFor(origin), ...config }, ...rest }
    }
  )

const listening = <S extends Server>(server: S): Effect.Effect<number, never, Scope.Scope> => {
  const sockets = new Set<Socket>()
  server.on("connection", (socket: Socket) => {
    sockets.add(socket.on("error", () => undefined).on("close", () => sockets.delete(socket)))
  })
  return Effect.acquireRelease(
    Effect.callback<number>((resume) => {
      server.listen(0, "127.0.0.1", () => resume(Effect.succeed((server.address() as AddressInfo).port)))
    }),
    () =>
      Effect.sync(() => {
        server.close()
        for (const socket of sockets) socket.destroy()
      })
  )
}

/** The port of a server that does with each connection what the case says. */
export const talking = (talk: (socket: Socket) => void) => listening(createServer(talk))

/** The port of a server of TLS before a double: what it decrypts goes there. */
export const encrypting = (issued: Issued, target: number, options: TlsOptions = {}) => {
  const server = createTlsServer({ cert: issued.certificate, key: issued.key, ...options }, (socket) => {
    const behind = connect(target, "127.0.0.1")
    behind.on("error", () => socket.destroy()).on("close", () => socket.destroy())
    socket.on("error", () => behind.destroy()).on("close", () => behind.destroy())
    socket.pipe(behind).pipe(socket)
  })
  server.on("tlsClientError", () => undefined)
  return listening(server)
}
