/**
 * A service of version 2 on loopback: it gives tokens and stores, does what `behaviours.ts` says and refuses all else,
 * and can be told to fail.
 */
import * as Effect from "effect/Effect"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import { answerTokens } from "./identity.ts"
import { answerStorage, type Answer, type Asked, type Containers } from "./storage.ts"

export interface SwiftDouble {
  /** Up to the version. */
  readonly auth: string
  readonly storageUrl: string
  readonly containers: Containers
  /** Method and path of each request, in their order. */
  readonly requests: Array<string>
  /** Answers to the next requests to the store, instead of its own. */
  readonly failures: Array<Answer>
  /** No token that was given is valid any more. */
  readonly revoke: () => void
  /** The most names of a page. */
  shortest: number
  /** Whether every page of a listing is the first. */
  ignoresMarkers: boolean
}

const account = "/v1/AUTH_tenant-id"

const bodyOf = (request: IncomingMessage) =>
  Effect.promise(async () => {
    const blocks: Array<Uint8Array> = []
    for await (const block of request) blocks.push(block as Uint8Array)
    return new Uint8Array(Buffer.concat(blocks))
  })

const send = (response: ServerResponse, { status, headers, body }: Answer) => {
  response.writeHead(status, { "x-trans-id": "tx-double", ...headers })
  response.end(body)
}

/** A double that lives in the Scope. */
export const startSwiftDouble = Effect.acquireRelease(
  Effect.promise(async () => {
    const containers: Containers = new Map()
    const tokens = new Set<string>()
    let count = 0
    const server = createServer((request, response) => {
      void Effect.runPromise(Effect.map(bodyOf(request), (body) => answer(request, response, body)))
    })
    await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve))
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    const double: SwiftDouble = {
      auth: `${origin}/v2.0`,
      storageUrl: `${origin}${account}`,
      containers,
      requests: [],
      failures: [],
      revoke: () => tokens.clear(),
      shortest: Infinity,
      ignoresMarkers: false
    }

    const answer = (request: IncomingMessage, response: ServerResponse, body: Uint8Array) => {
      const { method = "", url = "", headers } = request
      const { pathname, searchParams } = new URL(url, origin)
      double.requests.push(`${method} ${pathname}`)
      if (method === "POST" && pathname === "/v2.0/tokens") {
        const token = `token-${(count += 1)}`
        const found = answerTokens(headers["content-type"], Buffer.from(body).toString(), token, double.storageUrl)
        if (found.status === 200) tokens.add(token)
        return send(response, { status: found.status, body: JSON.stringify(found.body) })
      }
      if (pathname !== account && !pathname.startsWith(`${account}/`)) return send(response, { status: 404 })
      const failure = double.failures.shift()
      if (failure !== undefined) return send(response, failure)
      if (!tokens.has(String(headers["x-auth-token"]))) return send(response, { status: 401 })
      const [container, ...rest] = pathname.slice(account.length + 1).split("/")
      if (double.ignoresMarkers) searchParams.delete("marker")
      const asked: Asked = {
        method,
        container: container === undefined || container === "" ? undefined : decodeURIComponent(container),
        key: rest.length === 0 ? undefined : decodeURIComponent(rest.join("/")),
        query: searchParams,
        headers: headers as Asked["headers"],
        body
      }
      return send(response, answerStorage(containers, asked, double.shortest))
    }
    return { double, server }
  }),
  ({ server }) =>
    Effect.promise(async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    })
).pipe(Effect.map(({ double }) => double))
