/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { SwiftSettings } from "../SwiftSettings.ts"

interface Advice {
  readonly codes: ReadonlyArray<ErrorCode>
  /** Whether it is about the address that was asked. */
  readonly address?: boolean
  readonly suggestion: string
}

const table: ReadonlyArray<Advice> = [
  { codes: ["dns_failed"], address: true, suggestion: "a host name that exists; check it for slips" },
  {
    codes: ["connect_refused", "timeout", "provider_unavailable"],
    address: true,
    suggestion: "an address and port at which the service answers"
  },
  { codes: ["egress_denied"], address: true, suggestion: "an address that the operator of Mooring permits" },
  { codes: ["tls_hostname"], address: true, suggestion: "an address by a name that its certificate is for" },
  {
    codes: ["tls_untrusted"],
    address: true,
    suggestion: "a service whose certificate is of a known authority; NODE_EXTRA_CA_CERTS adds one for all of Mooring"
  },
  {
    codes: ["tls_expired"],
    address: true,
    suggestion: "a service with a valid certificate; or set the clock of this machine if it is ahead"
  },
  { codes: ["not_a_storage_endpoint"], address: true, suggestion: "the address of the service itself" },
  {
    codes: ["ambient_credentials_forbidden"],
    suggestion: "write the auth URL and credentials as options"
  },
  { codes: ["permission_denied"], suggestion: "a user that may do this, or another container" },
  { codes: ["not_found"], suggestion: "a container that exists in this account and region" },
  { codes: ["invalid_name"], suggestion: "a container by its own name" },
  { codes: ["not_a_directory"], suggestion: "the directory around it" },
  { codes: ["quota_exceeded", "no_space"], suggestion: "free space, or ask the operator of the service for more" },
  { codes: ["rate_limited"], suggestion: "try again later: the service is asked too often" }
]

const anything: Advice = { codes: [], suggestion: "try again; if it stays, ask the operator of the service" }

/** The option that has the address; that of the store is, where none is written, of the region in the catalog. */
const addressOption = ({ auth }: SwiftSettings, phase: "authentication" | "storage"): string => {
  if (auth.kind === "ambient") return "#/env_auth"
  if (phase === "authentication") return "#/auth"
  const ofCatalog = auth.kind === "v2" || auth.kind === "v3"
  return ofCatalog && auth.storageUrl === undefined && auth.region !== undefined ? "#/region" : "#/storage_url"
}

const credentialOptions =
  /^#\/(auth|user|key|auth_token|tenant|tenant_id|application_credential_\w+|storage_url|region)$/

/** The same error with pointer and suggestion. What the environment gave is put to `env_auth`. */
export const advised = (
  settings: SwiftSettings,
  phase: "authentication" | "storage",
  error: StorageError
): StorageError => {
  const { reason } = error
  const row = table.find(({ codes }) => codes.includes(reason._tag)) ?? anything
  const found = reason.pointer ?? (row.address === true ? addressOption(settings, phase) : undefined)
  const ambient = settings.auth.kind === "ambient" && found !== undefined && credentialOptions.test(found)
  const pointer = ambient ? "#/env_auth" : found
  return StorageError.with(error, {
    suggestion: reason.suggestion ?? row.suggestion,
    ...(pointer !== undefined && { pointer })
  })
}
