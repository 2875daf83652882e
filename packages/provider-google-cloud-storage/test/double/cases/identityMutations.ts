/** Changes in who asks. */
import type { identityRefusals } from "../behaviours/refusals.ts"
import { bearerGrant, claimsOf, tokenRequest } from "./bases.ts"
import {
  asking,
  clock,
  forbidden,
  inBody,
  inTarget,
  minute,
  required,
  unauthenticated,
  withHeader,
  withParameter,
  without,
  withoutHeader,
  type Mutation
} from "./changes.ts"
import { bucket, client, getter, reader, stranger } from "./fixture.ts"
import { assertionOf } from "./wire.ts"

const scope = "https://www.googleapis.com/auth/"

const grant = (error: string) => ({ status: 400, reason: error })
const invalidGrant = { base: "assertion", ...grant("invalid_grant") } as const
const badClient = { status: 401, reason: "invalid_client" }

/** Another assertion, whose claims are changed, and signed as it should be. */
const claiming =
  (changes: Readonly<Record<string, unknown>>, signer?: typeof reader, head?: Readonly<Record<string, unknown>>) =>
  (_: unknown, fixture: Parameters<typeof claimsOf>[0]) =>
    tokenRequest(fixture, bearerGrant(assertionOf({ ...claimsOf(fixture), ...changes }, signer, head)))

const ahead = (minutes: number, length = 3600) => {
  const iat = Math.floor((Date.now() + minutes * minute) / 1000)
  return { iat, exp: iat + length }
}

const paying = { buckets: [{ name: bucket, requesterPays: true }] }

export const identityMutations: Record<keyof typeof identityRefusals, Mutation> = {
  tokenDropped: { base: "list", mutate: withoutHeader("authorization"), status: 401, reason: "required" },
  tokenUnknown: { base: "list", mutate: withHeader("authorization", "Bearer ya29.none"), ...unauthenticated },
  tokenExpired: { base: "list", mutate: clock(61 * minute), ...unauthenticated },
  tokenRevoked: {
    base: "list",
    mutate: (valid, { double }) => {
      double.revokeTokens()
      return valid
    },
    spent: true,
    ...unauthenticated
  },
  schemeOther: { base: "list", mutate: withHeader("authorization", "Basic eDp5"), ...unauthenticated },
  scopeReadOnly: {
    base: "media",
    mutate: asking({ scopes: [`${scope}devstorage.read_only`] }),
    status: 403,
    reason: "insufficientPermissions"
  },
  scopeForeign: {
    base: "list",
    mutate: asking({ scopes: [`${scope}drive`] }),
    status: 403,
    reason: "insufficientPermissions"
  },
  mayNotList: { base: "list", mutate: without("storage.objects.list"), ...forbidden },
  mayNotGet: { base: "get", mutate: without("storage.objects.get"), ...forbidden },
  mayNotCreate: { base: "media", mutate: without("storage.objects.create"), ...forbidden },
  mayNotDelete: { base: "remove", mutate: without("storage.objects.delete"), ...forbidden },
  mayNotUpdate: { base: "patch", mutate: without("storage.objects.update"), ...forbidden },
  mayNotOverwrite: {
    base: "media",
    mutate: (valid, fixture) =>
      without("storage.objects.delete")({ ...valid, target: valid.target.replace("name=new", "name=stored") }, fixture),
    ...forbidden
  },
  mayNotListBuckets: { base: "buckets", mutate: without("storage.buckets.list"), ...forbidden },
  mayNotGetBucket: { base: "bucket", mutate: without("storage.buckets.get"), ...forbidden },
  mayNotCreateBucket: { base: "createBucket", mutate: without("storage.buckets.create"), ...forbidden },
  mayNotUpdateBucket: { base: "patchBucket", mutate: without("storage.buckets.update"), ...forbidden },
  mayNotDeleteBucket: { base: "removeBucket", mutate: without("storage.buckets.delete"), ...forbidden },
  mayNotKnow: {
    base: "get",
    mutate: (valid, fixture) =>
      asking({ identity: getter })({ ...valid, target: valid.target.replace(/stored$/, "none") }, fixture),
    ...forbidden
  },
  payerMissing: { base: "list", mutate: (valid) => valid, spent: true, options: paying, ...required },
  payerForeign: {
    base: "list",
    mutate: withParameter("userProject", "elsewhere"),
    status: 403,
    reason: "userProjectAccessDenied"
  },
  assertionFlipped: {
    ...invalidGrant,
    mutate: (valid) => ({
      ...valid,
      body: String(valid.body).replace(/.(?=.{20}$)/, (character) => (character === "A" ? "B" : "A"))
    })
  },
  assertionForged: { ...invalidGrant, mutate: claiming({}, reader) },
  assertionMalformed: { ...invalidGrant, mutate: (_, fixture) => tokenRequest(fixture, bearerGrant("a.b")) },
  assertionUnsigned: { ...invalidGrant, mutate: claiming({}, undefined, { alg: "none" }) },
  assertionKey: { ...invalidGrant, mutate: claiming({}, undefined, { alg: "RS256", kid: "another" }) },
  issuerUnknown: { ...invalidGrant, mutate: claiming({ iss: stranger.email }, stranger) },
  subjectOther: {
    base: "assertion",
    mutate: claiming({ sub: reader.email }),
    status: 401,
    reason: "unauthorized_client"
  },
  audienceOther: { ...invalidGrant, mutate: claiming({ aud: "https://oauth2.googleapis.com/token" }) },
  assertionEarly: { ...invalidGrant, mutate: (valid, fixture) => claiming(ahead(6))(valid, fixture) },
  assertionLate: { ...invalidGrant, mutate: (valid, fixture) => claiming(ahead(-66))(valid, fixture) },
  assertionLong: { ...invalidGrant, mutate: (valid, fixture) => claiming(ahead(0, 3601))(valid, fixture) },
  assertionTimeless: { ...invalidGrant, mutate: claiming({ exp: undefined }) },
  scopeMissing: { base: "assertion", mutate: claiming({ scope: "" }), ...grant("invalid_scope") },
  scopeUnknown: { base: "assertion", mutate: claiming({ scope: `${scope}nothing` }), ...grant("invalid_scope") },
  grantMissing: { base: "refresh", mutate: inBody(/grant_type=[^&]*&/, ""), ...grant("invalid_request") },
  grantUnknown: { base: "refresh", mutate: inBody(/=refresh_token/, "=password"), ...grant("unsupported_grant_type") },
  formOther: { base: "refresh", mutate: withHeader("content-type", "text/plain"), ...grant("invalid_request") },
  refreshUnknown: { base: "refresh", mutate: inBody(/=refresh&/, "=other&"), ...grant("invalid_grant") },
  refreshMissing: { base: "refresh", mutate: inBody(/refresh_token=refresh&/, ""), ...grant("invalid_request") },
  clientUnknown: { base: "refresh", mutate: inBody(/client_id=client/, "client_id=another"), ...badClient },
  secretWrong: { base: "refresh", mutate: inBody(/=client-secret/, "=guess"), ...badClient },
  credentialsWrong: { base: "credentials", mutate: inBody(/=client-secret/, "=guess"), ...badClient },
  credentialsTwice: {
    base: "credentials",
    mutate: withHeader("authorization", `Basic ${Buffer.from(`${client.id}:${client.secret}`).toString("base64")}`),
    ...grant("invalid_request")
  },
  credentialsForbidden: {
    base: "credentials",
    mutate: inBody(/client_id=client&client_secret=client-secret/, "client_id=nobody&client_secret=s"),
    options: { clients: [client, { id: "nobody", secret: "s" }] },
    ...grant("unauthorized_client")
  },
  flavorMissing: { base: "machine", mutate: withoutHeader("metadata-flavor"), ...forbidden },
  flavorForwarded: { base: "machine", mutate: withHeader("x-forwarded-for", "10.0.0.1"), ...forbidden },
  machineOther: { base: "machine", mutate: inTarget(/default/, "another"), status: 404, reason: "notFound" }
}
