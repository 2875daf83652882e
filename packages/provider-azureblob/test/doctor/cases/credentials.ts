/** The key of the account, and none. */
import { family } from "@mooring/testkit/doctor"
import { refused, saying, withDouble } from "../worlds.ts"

const given = (config: Readonly<Record<string, unknown>>, at: ReadonlyArray<string> = ["box"]) =>
  withDouble(() => ({ config, at }))

export const credentials = family("credentials", [
  {
    name: "the key of another account",
    arrange: given({ key: Buffer.from("another").toString("base64") }),
    finding: "authenticate failed auth_invalid #/key",
    suggestion: "one of the two keys of this account"
  },
  {
    name: "a key that was cut",
    arrange: given({ key: "AAA" }),
    finding: "options invalid_value #/key",
    suggestion: "base64"
  },
  {
    name: "a key with a line break",
    arrange: given({ key: "AAAA\nAAAA" }),
    finding: "options invalid_value #/key",
    suggestion: "base64"
  },
  {
    name: "a connection string instead of a key",
    arrange: given({ key: "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=AAAA" }),
    finding: "options invalid_value #/key",
    suggestion: "base64"
  },
  {
    name: "no key at an account that wants one",
    arrange: given({ key: "" }),
    finding: "authenticate failed auth_invalid #/key",
    suggestion: "lets nobody in without one"
  },
  {
    name: "no key at a public container",
    arrange: withDouble(() => ({ config: { key: "" }, at: ["open"] }), {
      containers: [{ name: "open", publicAccess: "container" }]
    }),
    finding: "passed"
  },
  {
    name: "an account that does not take its key",
    arrange: withDouble(() => ({ at: ["box"] }), { sharedKeys: false }),
    finding: "authenticate failed auth_invalid #/key",
    suggestion: "Microsoft Entra"
  },
  {
    name: "a key of an account whose network rules forbid this machine",
    arrange: saying(refused(403, "AuthorizationFailure"), () => ({ at: ["box"] })),
    finding: "list failed permission_denied #/key",
    suggestion: "network rules"
  },
  {
    name: "an account that is disabled",
    arrange: saying(refused(403, "AccountIsDisabled"), () => ({ at: ["box"] })),
    finding: "list failed permission_denied #/account",
    suggestion: "one of the two keys"
  },
  {
    name: "a key and options of other identities, which are not used",
    arrange: given({ client_id: "c", client_secret: "hush-hush", tenant: "t", use_msi: true }),
    finding: "passed"
  },
  {
    name: "an object is put and leaves no version",
    arrange: withDouble(() => ({ at: ["box"], write: true }), { versioning: true }),
    finding: "passed"
  }
])
