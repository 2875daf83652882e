/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import { sasFacts } from "@mooring/azure/sas"
import { addressAdvice, adviser, generalAdvice, type Advice } from "@mooring/core/connectionTest/advice"
import type { AzureBlobSettings } from "../AzureBlobSettings.ts"
import { identityOption } from "../blame.ts"

const isPublicCloud = ({ origin }: AzureBlobSettings): boolean => origin.endsWith(".blob.core.windows.net")
const isEmulator = ({ origin }: AzureBlobSettings): boolean => origin === "http://127.0.0.1:10000"
const isLocal = ({ origin }: AzureBlobSettings): boolean =>
  /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(origin)
const hasSas = ({ identity }: AzureBlobSettings): boolean => identity.kind === "sas"
const hasToken = ({ identity }: AzureBlobSettings): boolean => identity.kind === "token"

/** A pointer to where the address came from. */
export const placeOption = ({ identity, origin }: AzureBlobSettings): string => {
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
const table: ReadonlyArray<Advice<AzureBlobSettings>> = [
  {
    codes: ["dns_failed"],
    when: isPublicCloud,
    pointer: placeOption,
    suggestion: "the name of an account that exists; in another cloud than the public one, its address as endpoint"
  },
  {
    codes: ["connect_refused"],
    when: isEmulator,
    pointer: "#/use_emulator",
    suggestion: "start the emulator, or write its address as endpoint"
  },
  {
    codes: ["connect_refused"],
    when: isLocal,
    pointer: placeOption,
    suggestion: "the address of the service and its port: localhost is the machine on which Mooring runs"
  },
  ...addressAdvice<AzureBlobSettings>(placeOption),
  {
    codes: ["not_a_storage_endpoint"],
    pointer: placeOption,
    suggestion: "the address of the blob service, as https://ACCOUNT.blob.core.windows.net, and of no console"
  },
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
    when: (_, { providerCode }) => providerCode === "AuthorizationProtocolMismatch",
    pointer: "#/sas_url",
    suggestion: "an address with https, or a signature that is for http too"
  },
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
  {
    codes: ["ambient_credentials_forbidden", "server_path_forbidden"],
    pointer: identityOption,
    suggestion: "write the credentials themselves"
  },
  ...generalAdvice
]

/** Of what gives tokens, which is another service than the one that stores. */
const tokenTable: ReadonlyArray<Advice<AzureBlobSettings>> = [
  {
    codes: ["dns_failed", "connect_refused", "timeout", "provider_unavailable", "egress_denied"],
    pointer: identityOption,
    suggestion:
      "let Mooring reach the token service of this identity, as login.microsoftonline.com; or use another identity"
  },
  ...table
]

/** The same error with pointer and suggestion. */
export const advised = adviser(table)

/** The same for an error that came when the identity was made known. */
export const advisedOfToken = adviser(tokenTable)
