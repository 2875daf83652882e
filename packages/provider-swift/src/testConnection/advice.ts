/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import { StorageError } from "@mooring/core"
import { addressAdvice, adviser, generalAdvice, type Advice } from "@mooring/core/connectionTest/advice"
import type { Phase } from "@mooring/core/connectionTest/remoteTest"
import type { SwiftSettings } from "../SwiftSettings.ts"

/** Of which service an address is: that of authentication, or the store. */
interface Asked {
  readonly settings: SwiftSettings
  readonly phase: Phase
}

/** The option that has the address; that of the store is, where none is written, of the region in the catalog. */
const addressOption = ({ settings: { auth }, phase }: Asked): string => {
  if (auth.kind === "ambient") return "#/env_auth"
  if (phase === "identify") return "#/auth"
  const ofCatalog = auth.kind === "v2" || auth.kind === "v3"
  return ofCatalog && auth.storageUrl === undefined && auth.region !== undefined ? "#/region" : "#/storage_url"
}

/** Whether the address that was asked is one of this machine. */
const isLocal = ({ settings: { auth }, phase }: Asked): boolean => {
  if (auth.kind === "ambient") return false
  const address = auth.kind === "given" || phase === "use" ? auth.storageUrl : auth.url
  return /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|\/|$)/.test(address ?? "")
}

const table: ReadonlyArray<Advice<Asked>> = [
  {
    codes: ["connect_refused"],
    when: isLocal,
    pointer: addressOption,
    suggestion: "the address of the service and its port: localhost is the machine on which Mooring runs"
  },
  ...addressAdvice<Asked>(addressOption),
  {
    codes: ["provider_unavailable"],
    when: (_, { status }) => status === 503,
    suggestion: "try again later: the service cannot answer now"
  },
  {
    codes: ["not_a_storage_endpoint"],
    when: ({ phase }) => phase === "identify",
    pointer: addressOption,
    suggestion: "the address of the authentication service"
  },
  { codes: ["not_a_storage_endpoint"], pointer: addressOption, suggestion: "the address of the account in the store" },
  {
    codes: ["ambient_credentials_forbidden"],
    suggestion: "write the auth URL and credentials as options"
  },
  { codes: ["permission_denied"], suggestion: "a user that may do this, or another container" },
  { codes: ["not_found"], suggestion: "a container that exists in this account and region" },
  { codes: ["invalid_name"], suggestion: "a container by its own name" },
  ...generalAdvice
]

const advise = adviser(table)

const credentialOptions =
  /^#\/(auth|user|key|auth_token|tenant|tenant_id|application_credential_\w+|storage_url|region)$/

/** The same error with pointer and suggestion. What the environment gave is put to `env_auth`. */
export const advised = (settings: SwiftSettings, phase: Phase, error: StorageError): StorageError => {
  const told = advise({ settings, phase }, error)
  const ofEnvironment = settings.auth.kind === "ambient" && credentialOptions.test(told.reason.pointer ?? "")
  return ofEnvironment ? StorageError.with(told, { pointer: "#/env_auth" }) : told
}
