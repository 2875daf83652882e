/** Account and key. */
import { family } from "@mooring/testkit/doctor"
import { refused, saying, sayingLater, unknown, withBucket } from "../worlds.ts"

const given = (config: Readonly<Record<string, unknown>>) => withBucket(() => ({ config }))
const byId = "authenticate failed auth_invalid #/account"
const byKey = "authenticate failed auth_invalid #/key"

export const credentials = family("credentials", [
  {
    name: "an ID that is none",
    arrange: given({ account: "slip" }),
    finding: byId,
    suggestion: "the ID of an application key"
  },
  {
    name: "an ID of a key that nobody has",
    arrange: given({ account: unknown.account }),
    finding: byKey,
    suggestion: "belongs to this ID"
  },
  {
    name: "the ID of an account with a wrong key",
    arrange: given({ account: "a0b6c0b0a1b2" }),
    finding: byKey,
    suggestion: "belongs to this ID"
  },
  {
    name: "ID and key swapped",
    arrange: given({ account: unknown.key, key: unknown.account }),
    finding: byId,
    suggestion: "the ID of the key as account"
  },
  {
    name: "no ID",
    arrange: given({ account: "" }),
    finding: "options missing_field #/account",
    suggestion: "required"
  },
  { name: "no key", arrange: given({ key: "" }), finding: "options missing_field #/key", suggestion: "required" },
  {
    name: "a line break behind the key",
    arrange: given({ key: `${unknown.key}\n` }),
    finding: "options invalid_value #/key",
    suggestion: "line breaks"
  },
  {
    name: "a space before the ID",
    arrange: given({ account: ` ${unknown.account}` }),
    finding: "options invalid_value #/account",
    suggestion: "spaces"
  },
  {
    name: "the key in quotes",
    arrange: given({ key: `"${unknown.key}"` }),
    finding: "options invalid_value #/key",
    suggestion: "quotes"
  },
  {
    name: "ID and key in one",
    arrange: given({ account: `${unknown.account}:${unknown.key}` }),
    finding: "options invalid_value #/account",
    suggestion: "colon"
  },
  {
    name: "a key of several buckets, of a service that knows none",
    arrange: saying(refused(401, "unsupported")),
    finding: byId,
    suggestion: "a key of all buckets or of one"
  },
  {
    name: "a key that was removed while it was used",
    arrange: sayingLater(refused(401, "bad_auth_token")),
    finding: byKey,
    suggestion: "key"
  },
  {
    name: "a token that ends at once",
    arrange: sayingLater(refused(401, "expired_auth_token")),
    finding: "authenticate failed auth_expired #/key",
    suggestion: "key"
  },
  {
    name: "an account whose cap for calls is used up",
    arrange: sayingLater(refused(403, "transaction_cap_exceeded")),
    finding: "list failed quota_exceeded -",
    suggestion: "caps"
  },
  {
    name: "an account whose cap for storage is used up",
    arrange: withBucket(() => ({ config: { test_mode: "force_cap_exceeded" }, write: true })),
    finding: "write failed quota_exceeded -",
    suggestion: "caps"
  }
])
