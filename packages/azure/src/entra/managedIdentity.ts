/**
 * Tokens for the identity of the machine on which Mooring runs: a virtual machine's from its metadata service, an app
 * service's from the endpoint that its environment names.
 *
 * Source: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/how-to-use-vm-token and
 * https://learn.microsoft.com/azure/app-service/overview-managed-identity#rest-endpoint-reference
 */
import { StorageError } from "@mooring/core"
import type { HttpRequest } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { ManagedIdentity } from "../Identity.ts"
import { queryText } from "../percent.ts"
import type { Doors } from "./grants.ts"
import { exchange, storageResource, type TokenRefusal } from "./tokenRequest.ts"

/** The metadata service of virtual machines, which answers nobody else. */
const metadataService = "http://169.254.169.254"

/** Milliseconds after which there is no metadata service here. */
const patience = 5_000

/** What the two services call an identity that is chosen. */
const machineNames = { client: "client_id", object: "object_id", resource: "msi_res_id" } as const
const appNames = { client: "client_id", object: "principal_id", resource: "mi_res_id" } as const

const chosen = (identity: ManagedIdentity, names: typeof machineNames | typeof appNames) =>
  identity.by === "machine" ? {} : { [names[identity.by]]: identity.id }

const pointers = {
  machine: "#/use_msi",
  client: "#/msi_client_id",
  object: "#/msi_object_id",
  resource: "#/msi_mi_res_id"
}

const refusedOf =
  (pointer: string) =>
  ({ status, error }: TokenRefusal): StorageError => {
    const fields = { status, ...(error !== "" && { providerCode: error }) }
    return status === 404 || status === 410 || status === 429 || status >= 500
      ? StorageError.of("provider_unavailable", "the service of the machine that gives tokens is not ready", fields)
      : StorageError.of("auth_invalid", "this machine has no such identity", { ...fields, pointer })
  }

const appService = (address: string, secret: string, identity: ManagedIdentity): HttpRequest | undefined => {
  const url = URL.parse(address)
  if (url === null) return undefined
  const query = { "api-version": "2019-08-01", resource: storageResource, ...chosen(identity, appNames) }
  return {
    origin: url.origin,
    path: `${url.pathname}${queryText(query)}`,
    method: "GET",
    headers: { "x-identity-header": secret }
  }
}

const machine = (identity: ManagedIdentity): HttpRequest => ({
  origin: metadataService,
  path: `/metadata/identity/oauth2/token${queryText({ "api-version": "2018-02-01", resource: storageResource, ...chosen(identity, machineNames) })}`,
  method: "GET",
  headers: { metadata: "true" },
  idleTimeout: patience
})

const notHere = StorageError.of(
  "auth_invalid",
  "this machine has no service that gives tokens: it is not one of Azure",
  {
    pointer: "#/use_msi"
  }
)

/** A token for an identity of the machine. Policy is asked first, by the environment, whichever service answers. */
export const managedToken = Effect.fnUntraced(function* ({ transport, ambient }: Doors, identity: ManagedIdentity) {
  const address = yield* ambient.env("IDENTITY_ENDPOINT")
  const secret = yield* ambient.env("IDENTITY_HEADER")
  const request =
    address !== undefined && secret !== undefined ? appService(address, secret, identity) : machine(identity)
  if (request === undefined) return yield* notHere
  const asked = Effect.timeoutOrElse(exchange(transport, request, refusedOf(pointers[identity.by])), {
    duration: patience,
    orElse: () => Effect.fail(notHere)
  })
  return yield* Effect.mapError(asked, (error) =>
    error.reason.status === undefined && error.reason._tag !== "auth_invalid" && error.reason._tag !== "egress_denied"
      ? notHere
      : error
  )
})
