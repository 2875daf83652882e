/**
 * A double of the services that give tokens, strict in what it takes. None of it was compared with the real services.
 *
 * Documented:
 * - a grant is a POST of a form to /TENANT/oauth2/v2.0/token
 * - an application proves itself by client_secret or by an assertion, never both
 * - an assertion is a JWT by PS256 with x5t#S256, for this address, of at most ten minutes
 * - x5c has the certificates of the chain
 * - a user proves itself by username and password
 * - a refusal is JSON with error and error_codes
 * - AADSTS7000215 is a wrong secret, 90002 a tenant, 700016 an application, 50126 a password
 * - the metadata service wants the header Metadata and answers expires_on as text
 * - the metadata service answers 400 for an identity that the machine has not
 * - an app service wants X-IDENTITY-HEADER
 *
 * Assumed:
 * - too many requests are answered by 429 without a document
 */
import { StorageError } from "@mooring/core"
import type { HttpRequest, HttpResponse, TransportShape } from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { constants, createHash, verify, X509Certificate } from "node:crypto"

export interface TokenWorld {
  readonly tenant: string
  readonly clientId: string
  readonly secret?: string
  /** PEM. */
  readonly certificate?: string
  /** Certificates that must come with an assertion. */
  readonly chain?: number
  readonly user?: { readonly name: string; readonly password: string }
  readonly federated?: string
  /** Names of the machine's identities by parameter, as `client_id=…`; the empty one is the only one. */
  readonly machine?: ReadonlyArray<string>
  /** The secret of an app service. */
  readonly appSecret?: string
  /** Seconds that tokens live. */
  readonly lifetime?: number
}

type Answer = readonly [status: number, body: unknown]

const refuse = (error: string, code: number): Answer => [
  400,
  { error, error_description: `AADSTS${code}: CANARY text of the service`, error_codes: [code] }
]

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
const json = (part: string | undefined) => JSON.parse(Buffer.from(part ?? "", "base64url").toString())

/** Whether an assertion is one of the application's certificate. */
const isAssertion = (text: string, world: TokenWorld, audience: string, now: number): boolean => {
  const [head, claims, signature] = text.split(".")
  if (world.certificate === undefined || signature === undefined) return text === world.federated
  const certificate = new X509Certificate(world.certificate)
  const header = json(head)
  const { aud, iss, sub, exp, nbf, jti } = json(claims)
  const seconds = now / 1000
  const padding = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST }
  return (
    header.alg === "PS256" &&
    header.typ === "JWT" &&
    header["x5t#S256"] === createHash("sha256").update(certificate.raw).digest("base64url") &&
    (header.x5c?.length ?? 0) === (world.chain ?? 0) &&
    aud === audience &&
    iss === world.clientId &&
    sub === world.clientId &&
    typeof jti === "string" &&
    nbf <= seconds &&
    exp > seconds &&
    exp - seconds <= 600 &&
    verify(
      "sha256",
      Buffer.from(`${head}.${claims}`),
      { key: certificate.publicKey, ...padding },
      Buffer.from(signature, "base64url")
    )
  )
}

const grant = (request: HttpRequest, world: TokenWorld, now: number): Answer => {
  const tenant = /^\/([^/?]+)\/oauth2\/v2\.0\/token$/.exec(request.path)?.[1]
  if (request.method !== "POST" || tenant === undefined) return [404, {}]
  if (request.headers?.["content-type"] !== "application/x-www-form-urlencoded") return [415, {}]
  const form = new URLSearchParams(Buffer.from(request.body as Uint8Array).toString())
  if (tenant !== world.tenant) return refuse("invalid_request", 90002)
  if (form.get("client_id") !== world.clientId) return refuse("unauthorized_client", 700016)
  if (form.get("scope") !== "https://storage.azure.com/.default") return refuse("invalid_scope", 70011)
  if (form.get("grant_type") === "password") {
    const known = form.get("username") === world.user?.name && form.get("password") === world.user?.password
    return known ? [200, undefined] : refuse("invalid_grant", 50126)
  }
  if (form.get("grant_type") !== "client_credentials") return refuse("unsupported_grant_type", 70003)
  const assertion = form.get("client_assertion")
  if (assertion === null) {
    return world.secret !== undefined && form.get("client_secret") === world.secret
      ? [200, undefined]
      : refuse("invalid_client", 7000215)
  }
  const audience = `${request.origin}${request.path}`
  return form.get("client_assertion_type") === assertionType &&
    !form.has("client_secret") &&
    isAssertion(assertion, world, audience, now)
    ? [200, undefined]
    : refuse("invalid_client", 700027)
}

const identityIn = (query: URLSearchParams, names: ReadonlyArray<string>): string =>
  names.flatMap((name) => (query.has(name) ? [`${name}=${query.get(name)}`] : [])).join("&")

const machine = (request: HttpRequest, world: TokenWorld): Answer => {
  const url = new URL(request.path, request.origin)
  const app = url.pathname === "/msi/token"
  if (app ? request.headers?.["x-identity-header"] !== world.appSecret : request.headers?.["metadata"] !== "true") {
    return [400, { error: "bad_request_102" }]
  }
  const version = app ? "2019-08-01" : "2018-02-01"
  if (url.searchParams.get("api-version") !== version) return [400, { error: "bad_request" }]
  if (url.searchParams.get("resource") !== "https://storage.azure.com") return [400, { error: "invalid_resource" }]
  const names = app ? ["client_id", "principal_id", "mi_res_id"] : ["client_id", "object_id", "msi_res_id"]
  return world.machine?.includes(identityIn(url.searchParams, names)) === true
    ? [200, undefined]
    : [400, { error: "invalid_request", error_description: "CANARY Identity not found" }]
}

/** A transport that reaches nothing but the double, which may be changed. */
export const makeTokenDouble = (initial: TokenWorld) => {
  const state = { world: initial, given: 0, next: undefined as Answer | StorageError | undefined }
  const requests: Array<HttpRequest> = []

  const answer = (request: HttpRequest, now: number): Answer | StorageError => {
    const { next, world } = state
    state.next = undefined
    if (next !== undefined) return next
    if (request.origin === "https://login.microsoftonline.com" || request.origin === "https://login.example.test") {
      return grant(request, world, now)
    }
    if (request.origin === "http://169.254.169.254" && world.machine === undefined) {
      return StorageError.of("connect_refused", "nobody is there")
    }
    return /^http:\/\/(169\.254\.169\.254|127\.0\.0\.1:41)$/.test(request.origin) ? machine(request, world) : [404, {}]
  }

  const request: TransportShape["request"] = Effect.fnUntraced(function* (asked) {
    requests.push(asked)
    const now = yield* Clock.currentTimeMillis
    const found = answer(asked, now)
    if (StorageError.is(found)) return yield* found
    const [status, refusal] = found
    if (status === 200) state.given += 1
    const lifetime = state.world.lifetime ?? 3600
    const text = asked.origin.startsWith("http:")
    const token = {
      access_token: `token-${state.given}`,
      ...(text ? { expires_on: String(Math.floor(now / 1000) + lifetime) } : { expires_in: lifetime })
    }
    const body = Buffer.from(JSON.stringify(status === 200 ? token : refusal))
    return { status, headers: {}, body: Stream.make(new Uint8Array(body)) } satisfies HttpResponse
  })
  const transport: TransportShape = { request, connectTls: () => Effect.die("no connection is opened") }
  return { transport, requests, state }
}
