/**
 * The identities of the environment in which Mooring runs, in the order in which clients of Azure look for them: variables,
 * a workload's token, the machine's identity, the Azure CLI.
 *
 * Source: https://learn.microsoft.com/azure/developer/javascript/sdk/authentication/credential-chains
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import type { AccessToken } from "../Authority.ts"
import type { ManagedIdentity } from "../Identity.ts"
import { cliToken } from "./cli.ts"
import { assertionToken, certificateToken, secretToken, userToken, type Doors } from "./grants.ts"
import { managedToken } from "./managedIdentity.ts"

const pointer = "#/env_auth"
const blame = { tenant: pointer, client: pointer, proof: pointer }

const variables = Effect.fnUntraced(function* (
  { ambient }: Doors,
  names: ReadonlyArray<string>
): Effect.fn.Return<Readonly<Record<string, string>>, StorageError> {
  const found = yield* Effect.forEach(names, (name) => Effect.map(ambient.env(name), (value = "") => [name, value]))
  return Object.fromEntries(found)
})

const names = [
  "AZURE_AUTHORITY_HOST",
  "AZURE_TENANT_ID",
  "AZURE_CLIENT_ID",
  "AZURE_CLIENT_SECRET",
  "AZURE_CLIENT_CERTIFICATE_PATH",
  "AZURE_CLIENT_CERTIFICATE_PASSWORD",
  "AZURE_CLIENT_SEND_CERTIFICATE_CHAIN",
  "AZURE_USERNAME",
  "AZURE_PASSWORD",
  "AZURE_FEDERATED_TOKEN_FILE"
]

type Found = Effect.Effect<AccessToken, StorageError>

/** The token that the variables ask for; undefined if they say nothing. */
const fromVariables = (doors: Doors, env: Readonly<Record<string, string>>): Found | undefined => {
  const text = (name: string): string => env[name] ?? ""
  const application = { tenant: text("AZURE_TENANT_ID"), clientId: text("AZURE_CLIENT_ID") }
  if (application.tenant === "" || application.clientId === "") return undefined
  if (text("AZURE_CLIENT_SECRET") !== "") {
    return secretToken(doors, { ...application, secret: Redacted.make(text("AZURE_CLIENT_SECRET")) }, blame)
  }
  if (text("AZURE_CLIENT_CERTIFICATE_PATH") !== "") {
    const source = {
      ...application,
      path: text("AZURE_CLIENT_CERTIFICATE_PATH"),
      password: Redacted.make(text("AZURE_CLIENT_CERTIFICATE_PASSWORD")),
      sendChain: /^(1|true)$/i.test(text("AZURE_CLIENT_SEND_CERTIFICATE_CHAIN"))
    }
    return certificateToken(doors, source, blame)
  }
  if (text("AZURE_USERNAME") !== "" && text("AZURE_PASSWORD") !== "") {
    const user = { username: text("AZURE_USERNAME"), password: Redacted.make(text("AZURE_PASSWORD")) }
    return userToken(doors, { ...application, ...user }, blame)
  }
  const tokenFile = text("AZURE_FEDERATED_TOKEN_FILE")
  return tokenFile === ""
    ? undefined
    : Effect.flatMap(doors.ambient.readFile(tokenFile), (bytes) =>
        assertionToken(doors, { ...application, assertion: new TextDecoder().decode(bytes).trim() }, blame)
      )
}

const nothing = StorageError.of(
  "auth_invalid",
  "the environment has no identity: no variables, no identity of the machine, and nobody is signed in to the Azure CLI",
  { pointer }
)

const orElse = (first: Found, second: Found): Found =>
  Effect.catch(first, (error) => (error.reason._tag === "auth_invalid" ? second : Effect.fail(error)))

/** The first identity that gives a token. One that the variables name is the only one that is asked. */
export const environmentToken = Effect.fnUntraced(function* (doors: Doors, identity: ManagedIdentity) {
  const env = yield* variables(doors, names)
  const host = URL.parse(env["AZURE_AUTHORITY_HOST"] ?? "")
  const named = fromVariables({ ...doors, ...(host !== null && { authority: host.origin }) }, env)
  const machine = orElse(managedToken(doors, identity), orElse(cliToken(doors, ""), Effect.fail(nothing)))
  return yield* Effect.mapError(named ?? machine, (error) =>
    error.reason._tag === "auth_invalid" ? StorageError.with(error, { pointer }) : error
  )
})
