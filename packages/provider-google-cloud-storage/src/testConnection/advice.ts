/**
 * The option to blame and the way out for each reason, where the error does not name them itself.
 */
import type { StorageError } from "@mooring/core"
import { addressAdvice, adviser, generalAdvice, type Advice } from "@mooring/core/connectionTest/advice"
import { optionOf } from "../credentials/CredentialSource.ts"
import type { GoogleCloudStorageSettings } from "../GoogleCloudStorageSettings.ts"

type Row = Advice<GoogleCloudStorageSettings>

const source = ({ credentials }: GoogleCloudStorageSettings): string => optionOf(credentials)

const isAnonymous = ({ credentials }: GoogleCloudStorageSettings): boolean => credentials.kind === "anonymous"

/** The first row that fits is taken. */
const table: ReadonlyArray<Row> = [
  {
    codes: ["connect_refused"],
    when: ({ origin }) => /^https?:\/\/(localhost|127\.[\d.]+|\[::1\])(:|$)/.test(origin),
    pointer: "#/endpoint",
    suggestion: "the address of the service and its port: localhost is the machine on which Mooring runs"
  },
  ...addressAdvice<GoogleCloudStorageSettings>("#/endpoint"),
  {
    codes: ["not_a_storage_endpoint"],
    pointer: "#/endpoint",
    suggestion: "leave it out for Google, or write the address of the JSON API"
  },
  {
    codes: ["auth_invalid"],
    when: ({ credentials }) => credentials.kind === "static",
    pointer: "#/access_token",
    suggestion: "a new access token: they last for an hour"
  },
  { codes: ["auth_invalid"], pointer: source, suggestion: "credentials of Google that are still valid" },
  { codes: ["auth_expired"], pointer: source, suggestion: "new credentials" },
  {
    codes: ["permission_denied"],
    when: isAnonymous,
    pointer: "#/anonymous",
    suggestion: "false and credentials: not everybody may see this; or a bucket that is public"
  },
  {
    codes: ["permission_denied"],
    pointer: source,
    suggestion: "the role Storage Object Viewer or Storage Object User on the bucket for this identity"
  },
  { codes: ["not_found"], suggestion: "a bucket that exists; check it for slips" },
  { codes: ["invalid_name"], suggestion: "a bucket by its own name, without gs:// before it" },
  { codes: ["ambient_credentials_forbidden", "server_path_forbidden"], suggestion: "write the credentials themselves" },
  { codes: ["invalid_value"], suggestion: "check project_number and user_project for slips" },
  ...generalAdvice
]

const adviseBy = adviser(table)

/** The same error with pointer and suggestion. */
export const advised = (settings: GoogleCloudStorageSettings, error: StorageError): StorageError =>
  adviseBy(settings, error)
