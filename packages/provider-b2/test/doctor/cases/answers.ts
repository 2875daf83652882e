/** Services that are there and fail, and answers that no honest service gives. */
import { encrypting, family, issue, makeAuthority } from "@mooring/testkit/doctor"
import { rawServer } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import { authorized, capabilities, document, refused, saying, sayingLater, unknown } from "../worlds.ts"

const elsewhere = "authenticate failed not_a_storage_endpoint #/endpoint"
const api = "native API"

/** A service with TLS that says addresses without it, to which the token would go for all to see. */
const unsafe = Effect.gen(function* () {
  const origin = yield* rawServer((_, response) => {
    const { status, headers, body } = authorized("localhost:1")
    response.writeHead(status, headers).end(body)
  })
  const authority = makeAuthority("Authority of tests")
  const port = yield* encrypting(issue(["localhost"], authority), Number(new URL(origin).port))
  const transport = { certificateAuthorities: [authority.certificate] }
  return { config: { ...unknown, endpoint: `https://localhost:${port}` }, transport }
})

export const answers = family("answers", [
  { name: "addresses without TLS of a service with it", arrange: unsafe, finding: elsewhere, suggestion: api },
  {
    name: "a service that has version 2 only",
    arrange: saying((path, host) => {
      if (path.startsWith("/b2api/v4/")) return refused(400, "bad_request")
      const account = { accountId: "account", authorizationToken: "token", allowed: { capabilities } }
      return path.endsWith("b2_authorize_account")
        ? document({ ...account, apiUrl: `http://${host}`, downloadUrl: `http://${host}` })
        : document({ buckets: [] })
    }),
    finding: "passed"
  },
  {
    name: "503 of the service, always",
    arrange: saying(refused(503, "service_unavailable")),
    finding: "authenticate failed provider_unavailable -",
    suggestion: "try again later"
  },
  {
    name: "500 of the service once it is authorized, always",
    arrange: sayingLater(refused(500, "internal_error")),
    finding: "list failed provider_unavailable -",
    suggestion: "operator of the service"
  },
  {
    name: "too many requests once it is authorized, always",
    arrange: sayingLater(refused(429, "too_many_requests")),
    finding: "list failed rate_limited -",
    suggestion: "try again later"
  },
  {
    name: "a document of something else",
    arrange: saying(document({ hello: "world" })),
    finding: elsewhere,
    suggestion: api
  },
  {
    name: "an account without the storage API",
    arrange: saying(document({ accountId: "a", authorizationToken: "t", apiInfo: { groupsApi: {} } })),
    finding: elsewhere,
    suggestion: api
  },
  {
    name: "an address of files that is none",
    arrange: saying((_, host) => authorized(host, { downloadUrl: "not an address" })),
    finding: elsewhere,
    suggestion: api
  },
  {
    name: "an address of calls by another protocol",
    arrange: saying((_, host) => authorized(host, { apiUrl: `ftp://${host}` })),
    finding: elsewhere,
    suggestion: api
  },
  {
    name: "an address of calls at which nobody listens",
    arrange: saying((_, host) => authorized(host, { apiUrl: "http://127.0.0.1:1" })),
    finding: "connect failed connect_refused #/endpoint",
    suggestion: "answers"
  },
  {
    name: "the address of downloads",
    arrange: saying(refused(404, "not_found")),
    finding: elsewhere,
    suggestion: api
  },
  {
    name: "a list that is cut",
    arrange: sayingLater({ status: 200, headers: { "content-type": "application/json" }, body: '{"buckets":[' }),
    finding: elsewhere,
    suggestion: api
  },
  {
    name: "a refusal of the call that is not explained",
    arrange: sayingLater(refused(401, "unauthorized")),
    finding: "list unverified permission_denied #/key",
    suggestion: "a key that may do this"
  }
])
