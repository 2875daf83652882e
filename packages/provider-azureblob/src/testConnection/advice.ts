/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import { sasFacts } from "@mooring/azure/sas"
import { StorageError } from "@mooring/core"
import type { ErrorCode } from "@mooring/core/errorCodes"
import type { Reason } from "@mooring/core/StorageError"
import type { AzureBlobSettings } from "../AzureBlobSettings.ts"
import { identityOption } from "../blame.ts"

interface Advice {
  readonly codes: ReadonlyArray<ErrorCode>
  /** What else must hold; true if absent. */
  readonly when?: (settings: AzureBlobSettings, reason: Reason) => boolean
  readonly pointer?: string | ((settings: AzureBlobSettings) => string)
  readonly suggestion: string
}

const isPublicCloud = ({ origin }: AzureBlobSettings): boolean => origin.endsWith(".blob.core.windows.net")
const isEmulator = ({ origin }: AzureBlobSettings): boolean => origin === "http://127.0.0.1:10000"
const unanswered = (_: AzureBlobSettings, { status }: Reason): boolean => status === undefined
const hasSas = ({ identity }: AzureBlobSettings): boolean => identity.kind === "sas"
const hasToken = ({ identity }: AzureBlobSettings): boolean => identity.kind === "token"

/** Where the address came from. */
const placeOption = ({ identity, origin }: AzureBlobSettings): string => {
  if (identity.kind === "sas") return "#/sas_url"
  return origin.endsWith(".blob.core.windows.net") ? "#/account" : "#/endpoint"
}

/** A signature that lacks the letter of a permission. */
const lacks =
  (letter: string) =>
  ({ identity }: AzureBlobSettings): boolean => {
    if (identity.kind !== "sas") return false
    const { permissions } = sasFacts(identity.query)
    return permissions !== undefined && !permissions.includes(letter)
  }

/** The first row that fits is taken; the last fits everything. */
const table: ReadonlyArray<Advice> = [
  {
    codes: ["dns_failed"],
    when: isPublicCloud,
    pointer: placeOption,
    suggestion: "the name of an account that exists; in another cloud than the public one, its address as endpoint"
  },
  { codes: ["dns_failed"], pointer: placeOption, suggestion: "a host name that exists; check it for slips" },
  {
    codes: ["connect_refused"],
    when: isEmulator,
    pointer: "#/use_emulator",
    suggestion: "start the emulator, or write its address as endpoint"
  },
  {
    codes: ["connect_refused", "timeout", "provider_unavailable"],
    when: unanswered,
    pointer: placeOption,
    suggestion: "an address and port at which the service answers"
  },
  { codes: ["egress_denied"], pointer: placeOption, suggestion: "an address that the operator of Mooring permits" },
  { codes: ["tls_hostname"], pointer: placeOption, suggestion: "an address that its certificate is for" },
  {
    codes: ["tls_untrusted"],
    pointer: placeOption,
    suggestion: "a service whose certificate is of a known authority; NODE_EXTRA_CA_CERTS adds one for all of Mooring"
  },
  {
    codes: ["tls_expired"],
    pointer: placeOption,
    suggestion: "a service with a valid certificate; or set the clock of this machine if it is ahead"
  },
  { codes: ["not_a_storage_endpoint"], pointer: placeOption, suggestion: "the address of the blob service" },
  { codes: ["auth_expired"], pointer: identityOption, suggestion: "a new one" },
  {
    codes: ["auth_invalid"],
    when: hasSas,
    pointer: "#/sas_url",
    suggestion: "a signature copied whole, and made with a key of the account that was not replaced since"
  },
  {
    codes: ["auth_invalid"],
    when: (settings) => settings.identity.kind === "anonymous",
    pointer: "#/key",
    suggestion: "the key of the account, or another identity: the account lets nobody in without one"
  },
  {
    codes: ["auth_invalid"],
    when: hasToken,
    pointer: identityOption,
    suggestion: "an identity of the tenant that the account belongs to"
  },
  { codes: ["auth_invalid"], pointer: "#/key", suggestion: "one of the two keys of this account" },
  {
    codes: ["permission_denied"],
    when: lacks("l"),
    pointer: "#/sas_url",
    suggestion: "a signature with the permission to list (l)"
  },
  {
    codes: ["permission_denied"],
    when: hasSas,
    pointer: "#/sas_url",
    suggestion: "a signature for services, kinds of resources and permissions that this needs; or name a container"
  },
  {
    codes: ["permission_denied"],
    when: hasToken,
    pointer: identityOption,
    suggestion: "the role Storage Blob Data Contributor or Reader for this identity, at the account or container"
  },
  {
    codes: ["permission_denied"],
    when: ({ identity }) => identity.kind === "sharedKey",
    pointer: "#/key",
    suggestion: "one of the two keys of this account; or permit the address of this machine in its network rules"
  },
  {
    codes: ["permission_denied"],
    pointer: identityOption,
    suggestion: "permit the address of this machine in the network rules of the account, or use another identity"
  },
  { codes: ["not_found"], suggestion: "a container that exists in this account" },
  { codes: ["invalid_name"], suggestion: "a container by its own name, without an address before it" },
  { codes: ["archived_tier"], suggestion: "rehydrate the blob, or read one of another tier" },
  { codes: ["ambient_credentials_forbidden", "server_path_forbidden"], suggestion: "write the credentials themselves" },
  { codes: ["clock_skew"], suggestion: "set the clock of the machine on which Mooring runs" },
  { codes: ["rate_limited"], suggestion: "try again later: the service is asked too often" }
]

const anything: Advice = { codes: [], suggestion: "try again; if it stays, ask the operator of the service" }

/** The same error with pointer and suggestion. One that has a suggestion says all that there is to say. */
export const advised = (settings: AzureBlobSettings, error: StorageError): StorageError => {
  const { reason } = error
  if (reason.suggestion !== undefined && reason._tag !== "not_a_storage_endpoint") return error
  const fits = ({ codes, when }: Advice): boolean => codes.includes(reason._tag) && (when?.(settings, reason) ?? true)
  const row = table.find(fits) ?? anything
  const own = typeof row.pointer === "function" ? row.pointer(settings) : row.pointer
  const pointer = reason._tag === "not_a_storage_endpoint" ? own : (reason.pointer ?? own)
  return StorageError.with(error, { suggestion: row.suggestion, ...(pointer !== undefined && { pointer }) })
}
