/**
 * Tokens from the token service of Microsoft Entra: for an application with a secret or certificate, and for a user.
 *
 * Source: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow and
 * https://learn.microsoft.com/entra/identity-platform/v2-oauth-ropc
 */
import { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import type { TransportShape } from "@mooring/core/Transport"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { TokenSource } from "../Identity.ts"
import { encodeQuery } from "../percent.ts"
import { certificateFrom } from "./certificate.ts"
import { clientAssertion } from "./clientAssertion.ts"
import { exchange, storageResource, type TokenRefusal } from "./tokenRequest.ts"

/** What a token may be asked through. */
export interface Doors {
  readonly transport: TransportShape
  readonly ambient: AmbientShape
  /** The origin of the token service. */
  readonly authority: string
}

/** The token service of the public cloud. */
export const publicAuthority = "https://login.microsoftonline.com"

type Source<Kind extends TokenSource["kind"]> = Omit<Extract<TokenSource, { readonly kind: Kind }>, "kind">

/** Options to blame, by what is wrong; other sources of the same grants name their own. */
export interface Blame {
  readonly tenant: string
  readonly client: string
  readonly proof: string
}

/** Number after `AADSTS` to what is wrong: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
const reasons: ReadonlyArray<readonly [codes: ReadonlyArray<number>, blamed: keyof Blame, detail: string]> = [
  [[90002, 900023, 90133], "tenant", "Microsoft Entra does not know this tenant"],
  [[700016, 7000216, 70001], "client", "Microsoft Entra does not know this application in the tenant"],
  [[7000215], "proof", "the secret is not one of this application; its value is needed, not its id"],
  [[7000222], "proof", "the secret of the application has expired"],
  [[700027, 7000214, 700030], "proof", "the certificate is not one of this application"],
  [[50034], "proof", "Microsoft Entra does not know this user in the tenant"],
  [[50126, 50053, 50055, 50056, 50057], "proof", "Microsoft Entra does not take this user name and password"],
  [[50076, 50079, 50158, 53003], "proof", "the user must sign in with a second factor, which a password alone cannot"],
  [[7000218, 700025], "client", "the application is of another kind: public ones have no secret, others need one"],
  [[65001], "client", "the application was not granted access to Azure Storage"]
]

const refusedBy =
  (blame: Blame) =>
  ({ status, error, code }: TokenRefusal): StorageError => {
    const fields = { status, ...(error !== "" && { providerCode: code === undefined ? error : `AADSTS${code}` }) }
    if (status === 429) return StorageError.of("rate_limited", "Microsoft Entra asks for fewer requests", fields)
    if (status >= 500) return StorageError.of("provider_unavailable", "Microsoft Entra failed", fields)
    const known = reasons.find(([codes]) => code !== undefined && codes.includes(code))
    const expired = code === 7000222
    return StorageError.of(
      expired ? "auth_expired" : "auth_invalid",
      known?.[2] ?? "Microsoft Entra does not give a token to these credentials",
      { ...fields, pointer: blame[known?.[1] ?? (error === "invalid_request" ? "tenant" : "proof")] }
    )
  }

const form = (fields: Readonly<Record<string, string>>): Uint8Array =>
  Buffer.from(
    Object.entries(fields)
      .map(([name, value]) => `${name}=${encodeQuery(value)}`)
      .join("&")
  )

const tokenPath = (tenant: string): string => `/${encodeQuery(tenant)}/oauth2/v2.0/token`

/** Asks for a token with these fields of a form. */
const grant = (
  { transport, authority }: Doors,
  { tenant, clientId }: { readonly tenant: string; readonly clientId: string },
  fields: Readonly<Record<string, string>>,
  blame: Blame
) =>
  exchange(
    transport,
    {
      origin: authority,
      path: tokenPath(tenant),
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded", accept: "application/json" },
      body: form({ client_id: clientId, scope: `${storageResource}/.default`, ...fields })
    },
    refusedBy(blame)
  )

const written = { tenant: "#/tenant", client: "#/client_id" } as const

/** For an application with a secret. */
export const secretToken = (doors: Doors, source: Source<"secret">, blame?: Blame) =>
  grant(
    doors,
    source,
    { grant_type: "client_credentials", client_secret: Redacted.value(source.secret) },
    blame ?? { ...written, proof: "#/client_secret" }
  )

/** The type of an assertion that stands for a client: RFC 7523, section 2.2. */
const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

/** For an application that somebody else vouches for: the assertion is a token of its own. */
export const assertionToken = (
  doors: Doors,
  source: { readonly tenant: string; readonly clientId: string; readonly assertion: string },
  blame: Blame
) =>
  grant(
    doors,
    source,
    { grant_type: "client_credentials", client_assertion_type: assertionType, client_assertion: source.assertion },
    blame
  )

/** For an application with a certificate, whose file is read anew each time. */
export const certificateToken = Effect.fnUntraced(function* (
  doors: Doors,
  source: Source<"certificate">,
  blame: Blame = { ...written, proof: "#/client_certificate_path" }
) {
  const file = yield* Effect.mapError(doors.ambient.readFile(source.path), (error) =>
    StorageError.with(error, { pointer: blame.proof })
  )
  const certificate = yield* Effect.mapError(certificateFrom(file, source.password), (error) =>
    StorageError.with(error, { pointer: error.reason.pointer ?? blame.proof })
  )
  const audience = `${doors.authority}${tokenPath(source.tenant)}`
  const time = yield* Clock.currentTimeMillis
  const assertion = yield* clientAssertion(certificate, { ...source, audience, time })
  return yield* assertionToken(doors, { ...source, assertion }, blame)
})

/** For a user with a password, which Microsoft advises against: it cannot ask for a second factor. */
export const userToken = (doors: Doors, source: Source<"user">, blame?: Blame) =>
  grant(
    doors,
    source,
    { grant_type: "password", username: source.username, password: Redacted.value(source.password) },
    blame ?? { ...written, proof: "#/password" }
  )
