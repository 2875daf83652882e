/** Keys, secrets and tokens. */
import { family } from "@mooring/testkit/doctor"
import { keys, refused, saying, withDouble } from "../worlds.ts"

const temporary = {
  accessKeyId: "ASIADOUBLE0000000000",
  secretAccessKey: "temporary-secret-access-key-0123456789abc",
  sessionToken: "token-of-the-double"
}
const temporaryKeys = {
  access_key_id: temporary.accessKeyId,
  secret_access_key: temporary.secretAccessKey,
  session_token: temporary.sessionToken
}
const ofTemporary = { accessKeys: [temporary] }
const notAscii = "options invalid_value #/secret_access_key"

const given = (config: Readonly<Record<string, unknown>>) => withDouble(() => ({ config, at: ["b"] }))

export const credentials = family("credentials", [
  {
    name: "an unknown access key",
    arrange: given({ access_key_id: "AKIAUNKNOWN000000000" }),
    finding: "authenticate failed auth_invalid #/access_key_id",
    suggestion: "an access key of this service"
  },
  {
    name: "a wrong secret",
    arrange: given({ secret_access_key: "another" }),
    finding: "authenticate failed auth_invalid #/secret_access_key",
    suggestion: "belongs to the access key"
  },
  {
    name: "key and secret swapped",
    arrange: given({ access_key_id: keys.secret_access_key, secret_access_key: keys.access_key_id }),
    finding: notAscii,
    suggestion: "access key"
  },
  {
    name: "key and secret swapped, of a service with other forms",
    arrange: given({ access_key_id: "secret-in-the-wrong-place", secret_access_key: "key-in-the-wrong-place" }),
    finding: "authenticate failed auth_invalid #/access_key_id",
    suggestion: "an access key of this service"
  },
  {
    name: "a line break behind the secret",
    arrange: given({ secret_access_key: `${keys.secret_access_key}\n` }),
    finding: notAscii,
    suggestion: "line breaks"
  },
  {
    name: "a space behind the access key",
    arrange: given({ access_key_id: `${keys.access_key_id} ` }),
    finding: "options invalid_value #/access_key_id",
    suggestion: "spaces"
  },
  {
    name: "the secret in quotes",
    arrange: given({ secret_access_key: `"${keys.secret_access_key}"` }),
    finding: notAscii,
    suggestion: "quotes"
  },
  {
    name: "the access key in quotes",
    arrange: given({ access_key_id: `'${keys.access_key_id}'` }),
    finding: "options invalid_value #/access_key_id",
    suggestion: "quotes"
  },
  {
    name: "a typographic dash in the secret",
    arrange: given({ secret_access_key: keys.secret_access_key.replace("-", "–") }),
    finding: notAscii,
    suggestion: "ASCII"
  },
  {
    name: "a key without its secret",
    arrange: given({ secret_access_key: "" }),
    finding: "options missing_field #/secret_access_key",
    suggestion: "access_key_id"
  },
  {
    name: "a secret without its key",
    arrange: given({ access_key_id: "" }),
    finding: "options missing_field #/access_key_id",
    suggestion: "secret_access_key"
  },
  {
    name: "a token and no keys",
    arrange: given({ access_key_id: "", secret_access_key: "", session_token: "token-without-keys" }),
    finding: "options missing_field #/access_key_id, missing_field #/secret_access_key",
    suggestion: "session_token"
  },
  {
    name: "none, and a private bucket",
    arrange: given({ access_key_id: "", secret_access_key: "" }),
    finding: "list failed permission_denied #/access_key_id",
    suggestion: "an access key and its secret"
  },
  {
    name: "none, and a public bucket",
    arrange: withDouble(() => ({ config: { access_key_id: "", secret_access_key: "" }, at: ["open"] }), {
      buckets: [{ name: "open", publicRead: true }]
    }),
    finding: "passed"
  },
  {
    name: "temporary ones that are right",
    arrange: withDouble(() => ({ config: temporaryKeys, at: ["b"] }), ofTemporary),
    finding: "passed"
  },
  {
    name: "temporary ones without their token",
    arrange: withDouble(() => ({ config: { ...temporaryKeys, session_token: "" }, at: ["b"] }), ofTemporary),
    finding: "authenticate failed auth_invalid #/session_token",
    suggestion: "temporary keys"
  },
  {
    name: "temporary ones with the token of others",
    arrange: withDouble(() => ({ config: { ...temporaryKeys, session_token: "token-of-others" } }), ofTemporary),
    finding: "authenticate failed auth_invalid #/session_token",
    suggestion: "given out with the access key"
  },
  {
    name: "temporary ones that have expired",
    arrange: withDouble(() => ({ config: temporaryKeys, at: ["b"] }), { accessKeys: [{ ...temporary, expires: 1 }] }),
    finding: "authenticate failed auth_expired #/session_token",
    suggestion: "new temporary credentials"
  },
  {
    name: "a token beside lasting ones",
    arrange: given({ session_token: "token-of-others" }),
    finding: "authenticate failed auth_invalid #/session_token",
    suggestion: "none for a lasting key"
  },
  {
    name: "refused with 401 and a code that is not known",
    arrange: saying(refused(401, "Unauthorized")),
    finding: "authenticate failed auth_invalid #/access_key_id",
    suggestion: "an access key of this service"
  },
  {
    name: "of an account that never signed up",
    arrange: saying(refused(403, "NotSignedUp"), () => ({ at: ["bucket"] })),
    finding: "list failed permission_denied #/access_key_id",
    suggestion: "account"
  }
])
