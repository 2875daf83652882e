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

const table: ReadonlyArray<Advice<Asked>> = [
  ...addressAdvice<Asked>(addressOption),
  { codes: ["not_a_storage_endpoint"], pointer: addressOption, suggestion: "the address of the service itself" },
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
