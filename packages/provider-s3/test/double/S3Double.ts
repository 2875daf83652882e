/** A strict S3 in this process: a node:http server on 127.0.0.1 that verifies every request before it does anything. */
import { takeInjection, type Injection, type Matching } from "@mooring/testkit/faults"
import { randomBytes } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { AccessKey } from "./accessKeys.ts"
import type { Answer } from "./Answer.ts"
import { checkDirectoryRules } from "./directoryRules.ts"
import { dispatch } from "./dispatch.ts"
import type { Injected } from "./injections.ts"
import { matchOperation } from "./matchOperation.ts"
import { newBucket, type Buckets } from "./objects.ts"
import { directoryOperations, operations } from "./operations/index.ts"
import { readRawRequest, type RawRequest } from "./rawRequest.ts"
import { failureAnswer, S3Failure } from "./S3Failure.ts"
import { resolveTarget } from "./target.ts"
import { verifySignature } from "./verifySignature.ts"

export interface S3DoubleOptions {
  /** Buckets that are there from the start; in the double's region unless said otherwise. */
  readonly buckets?: ReadonlyArray<string | { name: string; region?: string; publicRead?: boolean }>
  /** Default: defaultAccessKey alone. */
  readonly accessKeys?: ReadonlyArray<AccessKey>
  /** Default `us-east-1`. */
  readonly region?: string
  /** Milliseconds the double's clock is ahead of this machine's. */
  readonly clockOffset?: number
  /** Most entries of a listing page; default 1000. */
  readonly pageSize?: number
  /** Bytes; default 5 MiB as S3. */
  readonly minimumPartSize?: number
  /** Whether it is the endpoint of a zone and of its region, and all buckets are directory buckets; default false. */
  readonly directory?: boolean
  /** Milliseconds for which sessions with directory buckets are good; default five minutes as S3. */
  readonly sessionLifetime?: number
  /** Whether signatures of version 2 are taken beside those of version 4; default false, as in new regions. */
  readonly signatureVersion2?: boolean
}

interface LoggedRequest {
  readonly method: string
  /** The raw request target. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly bodyLength: number
  readonly operation: string
  /** 0 when the connection was cut instead of answered. */
  readonly status: number
  /** S3's code when the double refused. */
  readonly code?: string
}

export interface S3Double {
  /** `http://127.0.0.1:<port>`, path style; `http://<bucket>.localhost:<port>` reaches the same server. */
  readonly endpoint: string
  readonly port: number
  readonly region: string
  /** In order of completion. */
  readonly requests: ReadonlyArray<LoggedRequest>
  /** The live state, for a test to look at. */
  readonly buckets: Buckets
  /** Milliseconds ahead; a test may move the clock. */
  clockOffset: number
  /** Queues an answer for the next request that matches and whose signature is right. */
  readonly injectNext: (matching: Matching, injected: Injected) => void
  /** Ends all sessions with directory buckets: their keys are not known any more. */
  readonly endSessions: () => void
  readonly clearRequests: () => void
  readonly close: () => Promise<void>
}

export const defaultAccessKey: AccessKey = {
  accessKeyId: "AKIADOUBLE0000000000",
  secretAccessKey: "double-secret-access-key-0123456789abcdef"
}

type Outcome = { readonly operation: string; readonly code?: string; readonly injected: Injected | undefined } & {
  readonly answer: Answer | undefined
}

const send = (response: ServerResponse, method: string, answer: Answer, truncateTo: number | undefined): void => {
  const body = Buffer.from(answer.body as Uint8Array)
  const bodiless = answer.status === 204 || answer.status === 304
  response.writeHead(answer.status, {
    ...answer.headers,
    ...(!bodiless && { "content-length": answer.headers["content-length"] ?? String(body.length) })
  })
  if (truncateTo !== undefined) response.write(body.subarray(0, truncateTo), () => response.destroy())
  else if (bodiless || method === "HEAD") response.end()
  else response.end(body)
}

/** Starts a double on a free port. */
export const startS3Double = async (options: S3DoubleOptions = {}): Promise<S3Double> => {
  const { region = "us-east-1", pageSize = 1000, minimumPartSize = 5 * 1024 * 1024 } = options
  const { signatureVersion2 = false, directory = false, sessionLifetime = 300_000 } = options
  const accessKeys = options.accessKeys ?? [defaultAccessKey]
  const requests: Array<LoggedRequest> = []
  const queue: Array<Injection<Injected>> = []
  const sessions: Array<AccessKey> = []
  const tokenSecret = randomBytes(16).toString("hex")
  let clockOffset = options.clockOffset ?? 0
  const now = () => Date.now() + clockOffset
  const buckets: Buckets = new Map(
    (options.buckets ?? [])
      .map((one) => (typeof one === "string" ? { name: one } : one))
      .map((one) => [one.name, { ...newBucket(one.name, one.region ?? region, now(), one.publicRead), directory }])
  )

  const newSession = (bucket: string): AccessKey => {
    const random = () => randomBytes(16).toString("hex")
    const names = { accessKeyId: `ASIASESSION${random()}`, secretAccessKey: random(), sessionToken: `${random()}+/==` }
    const session = { ...names, bucket, ofBucket: true, expires: now() + sessionLifetime }
    sessions.push(session)
    return session
  }

  const decide = (request: RawRequest, requestId: string): Outcome => {
    let operation = ""
    try {
      const target = resolveTarget(request)
      const service = directory ? "s3express" : "s3"
      const known = [...accessKeys, ...sessions]
      const key = verifySignature(request, { accessKeys: known, region, service, now: now(), signatureVersion2 })
      const matched = matchOperation(request, target, directory ? directoryOperations : operations)
      operation = matched.name
      if (directory) checkDirectoryRules(request, target, matched, key)
      const injected = takeInjection(queue, { method: request.method, target: request.target, operation })
      if (injected === "drop") return { operation, injected, answer: undefined }
      if (typeof injected === "object" && "status" in injected)
        return { operation, injected, answer: { headers: {}, body: "", ...injected } }
      const surroundings = { newSession, buckets, region, now: now(), pageSize, minimumPartSize, tokenSecret }
      const answer = dispatch(request, target, matched, key, surroundings)
      return { operation, injected, answer: injected === "apply-then-drop" ? undefined : answer }
    } catch (error) {
      const failure = error instanceof S3Failure ? error : new S3Failure(500, "InternalError", String(error))
      const answer = failureAnswer(failure, request.path, requestId)
      return { operation, code: failure.code, injected: undefined, answer }
    }
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRawRequest(incoming)
    const requestId = randomBytes(8).toString("hex").toUpperCase()
    const { operation, code, injected, answer } = decide(request, requestId)
    requests.push({
      method: request.method,
      path: request.target,
      headers: Object.fromEntries(request.headers),
      bodyLength: request.body.length,
      operation,
      status: answer?.status ?? 0,
      ...(code !== undefined && { code })
    })
    if (answer === undefined) {
      response.destroy()
      return
    }
    const identity = { "x-amz-request-id": requestId, "x-amz-id-2": "double", date: new Date(now()).toUTCString() }
    const truncateTo = typeof injected === "object" && "truncateTo" in injected ? injected.truncateTo : undefined
    send(response, request.method, { ...answer, headers: { ...identity, ...answer.headers } }, truncateTo)
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}`,
    port,
    region,
    requests,
    buckets,
    get clockOffset() {
      return clockOffset
    },
    set clockOffset(milliseconds) {
      clockOffset = milliseconds
    },
    injectNext: (matching, injected) => void queue.push({ matching, injected }),
    endSessions: () => void sessions.splice(0),
    clearRequests: () => void requests.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
