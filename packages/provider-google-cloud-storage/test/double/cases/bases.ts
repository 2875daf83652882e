/** The valid requests that the mutations start from. */
import type { Federation, Identity } from "../index.ts"
import {
  awsPool,
  bucket,
  client,
  federated,
  fullControl,
  platform,
  pool,
  reader,
  stored,
  subjectToken,
  type Fixture
} from "./fixture.ts"
import { defaultServiceAccount } from "../index.ts"
import { awsClient } from "./awsClient.ts"
import { assertionOf, send, signedTarget, type WireRequest } from "./wire.ts"

const json = { "content-type": "application/json" }
const form = { "content-type": "application/x-www-form-urlencoded" }

export interface Asking {
  readonly identity?: Identity
  readonly scopes?: ReadonlyArray<string>
}

/** The headers of somebody with a token. */
export const bearing = ({ double, host }: Fixture, { identity = defaultServiceAccount, scopes }: Asking = {}) => ({
  host,
  authorization: `Bearer ${double.tokenFor(identity, scopes === undefined ? {} : { scopes })}`
})

const call =
  (method: string, target: string, body: string = "", headers: WireRequest["headers"] = {}) =>
  (fixture: Fixture): WireRequest => ({ method, target, headers: { ...bearing(fixture), ...headers }, body })

const objects = `/storage/v1/b/${bucket}/o`
const upload = `/upload/storage/v1/b/${bucket}/o`
const here = `${objects}/${stored}`

export const quantum = 256 * 1024
export const chunk = "c".repeat(quantum)

/** A resource and bytes in two parts. */
export const multipartBody = (resource: string, ...more: ReadonlyArray<string>): string =>
  [
    `--cut\r\ncontent-type: application/json\r\n\r\n${resource}\r\n`,
    ...["bytes", ...more].map((bytes) => `--cut\r\ncontent-type: text/plain\r\n\r\n${bytes}\r\n`),
    "--cut--\r\n"
  ].join("")

export const batchBody = (...calls: ReadonlyArray<string>): string =>
  [
    ...calls.map((one, index) => `--cut\r\ncontent-type: application/http\r\ncontent-id: <${index}>\r\n\r\n${one}\r\n`),
    "--cut--\r\n"
  ].join("")

const begin = async (fixture: Fixture, resource = "{}"): Promise<string> => {
  const target = `${upload}?uploadType=resumable&name=chunked`
  const { headers } = await send(fixture.double.port, call("POST", target, resource, json)(fixture))
  const { pathname, search } = new URL(String(headers["location"]))
  return pathname + search
}

export const claimsOf = ({ double }: Fixture) => {
  const iat = Math.floor(Date.now() / 1000)
  return { iss: defaultServiceAccount.email, scope: fullControl, aud: double.tokenUrl, iat, exp: iat + 3600 }
}

export const tokenRequest = ({ host }: Fixture, fields: Readonly<Record<string, string>>): WireRequest => ({
  method: "POST",
  target: "/token",
  headers: { host, ...form },
  body: new URLSearchParams(fields).toString()
})

export const bearerGrant = (assertion: string) => ({
  grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
  assertion
})

const ofClient = { client_id: client.id, client_secret: client.secret }

const exchangeRequest = (fixture: Fixture, { audience, tokenType }: Federation, subject: string): WireRequest => ({
  ...tokenRequest(fixture, {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    audience,
    scope: platform,
    requested_token_type: "urn:ietf:params:oauth:token-type:access_token",
    subject_token: subject,
    subject_token_type: tokenType
  }),
  target: "/v1/token"
})

export const signedHeaders = { "x-goog-meta-colour": "red" }

/** Each of these is accepted as it is. */
export const bases = {
  list: call("GET", `${objects}?prefix=s`),
  get: call("GET", here),
  download: call("GET", `${here}?alt=media`, "", { range: "bytes=0-4" }),
  media: call("POST", `${upload}?uploadType=media&name=new`, "bytes", { "content-type": "text/plain" }),
  multipart: call("POST", `${upload}?uploadType=multipart`, multipartBody('{"name":"new"}'), {
    "content-type": "multipart/related; boundary=cut"
  }),
  begin: call("POST", `${upload}?uploadType=resumable&name=new`, "{}", json),
  chunk: async (fixture: Fixture): Promise<WireRequest> => ({
    method: "PUT",
    target: await begin(fixture),
    headers: { host: fixture.host, "content-range": `bytes 0-${quantum - 1}/${quantum + 5}` },
    body: chunk
  }),
  whole: async (fixture: Fixture): Promise<WireRequest> => ({
    method: "PUT",
    target: await begin(fixture, '{"crc32c":"0G6ckg=="}'),
    headers: { host: fixture.host, "content-range": "bytes 0-4/5" },
    body: "bytes"
  }),
  remove: call("DELETE", here),
  patch: call("PATCH", here, '{"metadata":{"colour":"red"}}', json),
  rewrite: call("POST", `${here}/rewriteTo/b/${bucket}/o/new`, "{}", json),
  copy: call("POST", `${here}/copyTo/b/${bucket}/o/new`, "{}", json),
  compose: call("POST", `${objects}/new/compose`, `{"sourceObjects":[{"name":"${stored}"}]}`, json),
  buckets: call("GET", "/storage/v1/b?project=double-project"),
  bucket: call("GET", `/storage/v1/b/${bucket}`),
  createBucket: call("POST", "/storage/v1/b?project=double-project", '{"name":"another"}', json),
  patchBucket: call("PATCH", `/storage/v1/b/${bucket}`, '{"versioning":{"enabled":true}}', json),
  removeBucket: call("DELETE", "/storage/v1/b/empty"),
  batch: call("POST", "/batch/storage/v1", batchBody(`GET ${here} HTTP/1.1\r\n\r\n`), {
    "content-type": "multipart/mixed; boundary=cut"
  }),
  assertion: (fixture: Fixture) => tokenRequest(fixture, bearerGrant(assertionOf(claimsOf(fixture)))),
  refresh: (fixture: Fixture) =>
    tokenRequest(fixture, { grant_type: "refresh_token", refresh_token: "refresh", ...ofClient }),
  credentials: (fixture: Fixture) => tokenRequest(fixture, { grant_type: "client_credentials", ...ofClient }),
  exchange: (fixture: Fixture) => exchangeRequest(fixture, pool, subjectToken),
  exchangeAws: async (fixture: Fixture) =>
    exchangeRequest(fixture, awsPool, await awsClient(fixture).retrieveSubjectToken()),
  impersonate: (fixture: Fixture): WireRequest => ({
    method: "POST",
    target: `/v1/projects/-/serviceAccounts/${reader.email}:generateAccessToken`,
    headers: { ...bearing(fixture, { identity: federated, scopes: [platform] }), ...json },
    body: JSON.stringify({ scope: [fullControl], lifetime: "600s" })
  }),
  machine: ({ host }: Fixture): WireRequest => ({
    method: "GET",
    target: "/computeMetadata/v1/instance/service-accounts/default/token",
    headers: { host, "metadata-flavor": "Google" },
    body: ""
  }),
  signed: ({ host }: Fixture): WireRequest => {
    const query = { "response-content-type": "text/a" }
    const target = signedTarget({ method: "GET", path: `/${bucket}/${stored}`, host, query })
    return { method: "GET", target, headers: { host }, body: "" }
  },
  signedPut: ({ host }: Fixture): WireRequest => {
    const target = signedTarget({ method: "PUT", path: `/${bucket}/new`, host, headers: signedHeaders })
    return { method: "PUT", target, headers: { host, ...signedHeaders }, body: "bytes" }
  }
} satisfies Record<string, (fixture: Fixture) => WireRequest | Promise<WireRequest>>
