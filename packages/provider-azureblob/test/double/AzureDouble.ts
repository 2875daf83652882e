/** A strict Azure Blob Storage in this process: a node:http server on 127.0.0.1 that verifies every request first. */
import { takeInjection, type Injection, type Matching } from "@mooring/testkit/faults"
import { randomBytes, randomUUID } from "node:crypto"
import { createServer, type IncomingMessage, type ServerResponse } from "node:http"
import type { AddressInfo } from "node:net"
import type { Answer } from "./Answer.ts"
import { authorise } from "./authorise.ts"
import { AzureFailure, failureAnswer } from "./AzureFailure.ts"
import { existingBlob, existingContainer, newContainer, type Containers } from "./blobs.ts"
import type { Injected } from "./injections.ts"
import { matchOperation } from "./matchOperation.ts"
import type { AccountSetup } from "./Operation.ts"
import { operations } from "./operations/index.ts"
import { userDelegationKey } from "./operations/userDelegationKey.ts"
import { parameter, readRawRequest, type RawRequest } from "./rawRequest.ts"
import { requireRight } from "./Right.ts"
import { delegationId } from "./sas.ts"
import { resolveTarget } from "./target.ts"

export interface AzureDoubleOptions extends Partial<AccountSetup> {
  /** Containers that are there from the start. */
  readonly containers?: ReadonlyArray<string | { readonly name: string; readonly publicAccess: "blob" | "container" }>
  /** Tokens that are taken, and the letters of what each may do. */
  readonly tokens?: Readonly<Record<string, string>>
  /** Whether the account takes its key; default true. */
  readonly sharedKeys?: boolean
  /** Milliseconds the double's clock is ahead of this machine's. */
  readonly clockOffset?: number
}

export interface LoggedRequest {
  readonly method: string
  /** The raw request target. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  readonly operation: string
  /** 0 when the connection was cut instead of answered. */
  readonly status: number
  /** Azure's code when the double refused. */
  readonly code?: string
}

export interface AzureDouble {
  /** `http://127.0.0.1:<port>/<account>`. */
  readonly endpoint: string
  readonly port: number
  /** In order of completion. */
  readonly requests: ReadonlyArray<LoggedRequest>
  /** The live state, for a test to look at. */
  readonly containers: Containers
  /** Queues an answer for the next request that matches and whose right is verified. */
  readonly injectNext: (matching: Matching, injected: Injected) => void
  /** Ends the rehydration of a blob: it is in the tier that was asked for. */
  readonly rehydrate: (container: string, blob: string) => void
  readonly clearRequests: () => void
  readonly close: () => Promise<void>
}

/** The account of every double, and its key. */
export const account = "doubleaccount"
export const accountKey = Buffer.from("the key of the double's account, which is public").toString("base64")

interface Outcome {
  readonly operation: string
  readonly code?: string
  readonly injected?: Injected | undefined
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

const setupOf = (options: AzureDoubleOptions): AccountSetup => ({
  versioning: options.versioning ?? false,
  softDelete: options.softDelete ?? false,
  copyLooks: options.copyLooks ?? 0,
  pageSize: options.pageSize ?? 5000
})

/** Starts a double on a free port. */
export const startAzureDouble = async (options: AzureDoubleOptions = {}): Promise<AzureDouble> => {
  const { clockOffset = 0, sharedKeys = true, tokens = {} } = options
  const now = () => Date.now() + clockOffset
  const requests: Array<LoggedRequest> = []
  const queue: Array<Injection<Injected>> = []
  const delegationKeys = new Map<string, string>()
  const issue = (values: ReadonlyArray<string>): string => {
    const key = randomBytes(32).toString("base64")
    delegationKeys.set(delegationId(values), key)
    return key
  }
  const known = [...operations, userDelegationKey(issue)]
  const containers: Containers = new Map(
    (options.containers ?? [])
      .map((one) => (typeof one === "string" ? { name: one, publicAccess: "" as const } : one))
      .map(({ name, publicAccess }) => [name, newContainer(name, now(), publicAccess)])
  )
  const verifier = () => ({
    account,
    key: accountKey,
    delegationKeys,
    now: now(),
    tokens: new Map(Object.entries(tokens)),
    sharedKeys
  })

  const perform = (request: RawRequest, isPart: boolean, injectable: boolean): Outcome => {
    let operation = ""
    try {
      const target = resolveTarget(request.path)
      const right = authorise(request, target, verifier(), isPart)
      const matched = matchOperation(request, target, known)
      operation = matched.name
      const injected = injectable
        ? takeInjection(queue, { method: request.method, target: request.target, operation })
        : undefined
      if (injected === "drop") return { operation, injected, answer: undefined }
      if (typeof injected === "object" && "status" in injected)
        return { operation, injected, answer: { headers: {}, body: "", ...injected } }
      const access = containers.get(target.container)?.publicAccess ?? ""
      const listing = matched.name === "ListBlobs" || matched.name === "GetContainerProperties"
      const reading = matched.name === "GetBlob" || matched.name === "GetBlobProperties"
      requireRight(right, target, matched, access !== "" && (reading || (listing && access === "container")))
      const container = () => existingContainer(containers, target.container)
      const state = { versionId: parameter(request, "versionid"), snapshot: parameter(request, "snapshot") }
      const answer = matched.run({
        request,
        target,
        right,
        containers,
        setup: setupOf(options),
        now: now(),
        container,
        blob: () => existingBlob(container(), target.blob, state),
        rightOf: (source) => authorise(source, resolveTarget(source.path), verifier(), true),
        within: (part) => perform(part, true, false).answer!
      })
      return { operation, injected, answer: injected === "apply-then-drop" ? undefined : answer }
    } catch (error) {
      const failure = error instanceof AzureFailure ? error : new AzureFailure(500, "InternalError", String(error))
      return { operation, code: failure.code, answer: failureAnswer(failure) }
    }
  }

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await readRawRequest(incoming)
    const { operation, code, injected, answer } = perform(request, false, true)
    requests.push({
      method: request.method,
      path: request.target,
      headers: Object.fromEntries(request.headers),
      body: request.body,
      operation,
      status: answer?.status ?? 0,
      ...(code !== undefined && { code })
    })
    if (answer === undefined) {
      response.destroy()
      return
    }
    const version = Object.fromEntries(request.headers)["x-ms-version"] ?? "2022-11-02"
    const identity = {
      server: "Windows-Azure-Blob/1.0 double",
      "x-ms-request-id": randomUUID(),
      "x-ms-version": version,
      date: new Date(now()).toUTCString()
    }
    const truncateTo = typeof injected === "object" && "truncateTo" in injected ? injected.truncateTo : undefined
    send(response, request.method, { ...answer, headers: { ...identity, ...answer.headers } }, truncateTo)
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve))
  const { port } = server.address() as AddressInfo
  return {
    endpoint: `http://127.0.0.1:${port}/${account}`,
    port,
    requests,
    containers,
    injectNext: (matching, injected) => void queue.push({ matching, injected }),
    rehydrate: (container, blob) => {
      const place = containers.get(container)?.places.get(blob)
      if (place?.current?.rehydratingTo === undefined) throw new Error(`${blob} is not on its way out of the archive`)
      place.current = { ...place.current, tier: place.current.rehydratingTo, rehydratingTo: undefined }
    },
    clearRequests: () => void requests.splice(0),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      })
  }
}
