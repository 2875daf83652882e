/**
 * A strict Cloud Storage in this process, with its token endpoint and a metadata server: a server on 127.0.0.1 that
 * checks every request before it does anything.
 */
import { takeInjection, type Injection, type Matching } from "@mooring/testkit/faults"
import { randomBytes } from "node:crypto"
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http"
import { createServer as createHttpsServer } from "node:https"
import type { AddressInfo } from "node:net"
import type { Answer } from "./Answer.ts"
import { dispatch } from "./dispatch.ts"
import {
  newServiceAccount,
  type Federation,
  type Identity,
  type OAuthClient,
  type ServiceAccount
} from "./identities.ts"
import type { Injected } from "./injections.ts"
import { newBucket, type Bucket, type Buckets } from "./objects.ts"
import type { Surroundings } from "./Operation.ts"
import { readRawRequest, type RawRequest } from "./rawRequest.ts"
import { logged, type LoggedRequest } from "./requestLog.ts"
import { send } from "./send.ts"
import { mintToken, type AccessTokens } from "./tokens.ts"
import type { Uploads } from "./uploads.ts"

export interface StorageDoubleOptions {
  /** Buckets that are there from the start. */
  readonly buckets?: ReadonlyArray<string | ({ readonly name: string } & Partial<Bucket>)>
  /** Default: defaultServiceAccount alone. */
  readonly serviceAccounts?: ReadonlyArray<ServiceAccount>
  readonly clients?: ReadonlyArray<OAuthClient>
  /** Access tokens that are good from the start and for ever, by their text: of all of storage. */
  readonly accessTokens?: Readonly<Record<string, Identity>>
  /** Providers whose tokens are exchanged for Google's. */
  readonly federations?: ReadonlyArray<Federation>
  /** Who the metadata server's machine is; without, there is no such server. */
  readonly machine?: Identity
  /** Default `double-project`. */
  readonly project?: string
  /** Milliseconds the double's clock is ahead of this machine's. */
  readonly clockOffset?: number
  /** Most entries of a listing page; default 1000. */
  readonly pageSize?: number
  /** Milliseconds that a token is good for; default an hour. */
  readonly tokenLifetime?: number
  /** Milliseconds that an upload in chunks may take; default a week. */
  readonly sessionLifetime?: number
  /** Bytes that one rewrite across locations or classes moves at most; default 1 TiB. */
  readonly rewriteBytes?: number
  /** PEM of a key and its certificate: the double then speaks https. */
  readonly https?: { readonly key: string; readonly cert: string }
}

export interface StorageDouble {
  /** `http://127.0.0.1:<port>`. */
  readonly endpoint: string
  /** Its token endpoint. */
  readonly tokenUrl: string
  /** Where tokens of other providers are exchanged. */
  readonly exchangeUrl: string
  /** Where a token is had for a service account that another identity acts as. */
  readonly impersonationUrl: (email: string) => string
  readonly port: number
  readonly project: string
  /** In order of completion. */
  readonly requests: ReadonlyArray<LoggedRequest>
  /** The live state, for a test to look at. */
  readonly buckets: Buckets
  readonly uploads: Uploads
  /** Milliseconds ahead; a test may move the clock. */
  clockOffset: number
  /** Queues an answer for the next request that matches and whose caller is known. */
  readonly injectNext: (matching: Matching, injected: Injected) => void
  /** An access token as the token endpoint gives it; all of storage for an hour unless said otherwise. */
  readonly tokenFor: (identity: Identity, more?: { scopes?: ReadonlyArray<string>; lifetime?: number }) => string
  /** The file of a service account's key, whose tokens come from here. */
  readonly keyFile: (account?: ServiceAccount) => string
  /** All access tokens so far are refused from now on. */
  readonly revokeTokens: () => void
  readonly clearRequests: () => void
  readonly close: () => Promise<void>
}

/** May do everything. */
export const defaultServiceAccount: ServiceAccount = newServiceAccount("double@double-project.iam.gserviceaccount.com")

const hour = 3_600_000
const fullControl = "https://www.googleapis.com/auth/devstorage.full_control"

/** Starts a double on a free port. */
export const startStorageDouble = async (options: StorageDoubleOptions = {}): Promise<StorageDouble> => {
  const { project = "double-project", tokenLifetime = hour, serviceAccounts = [defaultServiceAccount] } = options
  const requests: Array<LoggedRequest> = []
  const queue: Array<Injection<Injected>> = []
  const tokens: AccessTokens = new Map(
    Object.entries(options.accessTokens ?? {}).map(([text, identity]) => [
      text,
      { identity, scopes: [fullControl], expires: Infinity }
    ])
  )
  const uploads: Uploads = new Map()
  let clockOffset = options.clockOffset ?? 0
  const now = () => Date.now() + clockOffset
  const buckets: Buckets = new Map(
    (options.buckets ?? [])
      .map((one) => (typeof one === "string" ? { name: one } : one))
      .map((one) => [one.name, newBucket(one.name, { project, created: now(), ...one })])
  )
  const secret = randomBytes(16).toString("hex")
  const scheme = options.https === undefined ? "http" : "https"

  const surroundings = (origin: string, inner: Surroundings["inner"]): Surroundings => ({
    buckets,
    uploads,
    directory: {
      serviceAccounts,
      clients: options.clients ?? [],
      federations: options.federations ?? [],
      machine: options.machine,
      tokens,
      tokenLifetime
    },
    project,
    origin,
    now: now(),
    pageSize: options.pageSize ?? 1000,
    sessionLifetime: options.sessionLifetime ?? 7 * 24 * hour,
    rewriteBytes: options.rewriteBytes ?? 2 ** 40,
    secret,
    inner
  })

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const received = await readRawRequest(incoming)
    const origin = `${scheme}://${incoming.headers.host ?? "127.0.0.1"}`
    const inject = (method: string, target: string) => (operation: string) =>
      takeInjection(queue, { method, target, operation })
    const inner = (request: RawRequest): Answer => {
      const { method, target, headers, body } = request
      const outcome = dispatch(() => request, surroundings(origin, inner), inject(method, target))
      requests.push({ ...logged(method, target, headers, body.length, outcome), batched: true })
      return outcome.answer ?? { status: 503, headers: {}, body: "" }
    }
    const { method, target, headers } = received
    const outcome = dispatch(received.request, surroundings(origin, inner), inject(method, target))
    if (typeof outcome.injected === "object" && "until" in outcome.injected) await outcome.injected.until
    requests.push(logged(method, target, headers, received.length, outcome))
    const { answer, injected } = outcome
    if (answer === undefined) {
      response.destroy()
      return
    }
    const told = {
      "x-guploader-uploadid": `double-${randomBytes(8).toString("hex")}`,
      date: new Date(now()).toUTCString()
    }
    const truncateTo = typeof injected === "object" && "truncateTo" in injected ? injected.truncateTo : undefined
    send(response, method, { ...answer, headers: { ...told, ...answer.headers } }, truncateTo)
  }

  const listener = (incoming: IncomingMessage, response: ServerResponse) => {
    handle(incoming, response).catch(() => response.destroy())
  }
  const server = options.https === undefined ? createHttpServer(listener) : createHttpsServer(options.https, listener)
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  const endpoint = `${scheme}://127.0.0.1:${port}`
  return {
    endpoint,
    tokenUrl: `${endpoint}/token`,
    exchangeUrl: `${endpoint}/v1/token`,
    impersonationUrl: (email) => `${endpoint}/v1/projects/-/serviceAccounts/${email}:generateAccessToken`,
    port,
    project,
    requests,
    buckets,
    uploads,
    get clockOffset() {
      return clockOffset
    },
    set clockOffset(milliseconds) {
      clockOffset = milliseconds
    },
    injectNext: (matching, injected) => void queue.push({ matching, injected }),
    tokenFor: (identity, { scopes = [fullControl], lifetime = hour } = {}) =>
      mintToken(tokens, { identity, scopes, expires: now() + lifetime }),
    keyFile: ({ email, keyId, privateKey } = serviceAccounts[0]!) =>
      JSON.stringify({
        type: "service_account",
        project_id: project,
        private_key_id: keyId,
        private_key: privateKey,
        client_email: email,
        client_id: "100000000000000000001",
        token_uri: `${endpoint}/token`
      }),
    revokeTokens: () => tokens.clear(),
    clearRequests: () => void requests.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
