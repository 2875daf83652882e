/** Service accounts, as JSON and in files. */
import { family } from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"
import { generateKeyPairSync } from "node:crypto"
import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { newServiceAccount, type StorageDouble } from "../../double/index.ts"
import { withDouble } from "../worlds.ts"

type Change = (json: Record<string, unknown>, double: StorageDouble) => Record<string, unknown>

/** The JSON of the double's service account with a change. */
const jsonOf = (double: StorageDouble, change: Change = (json) => json) =>
  JSON.stringify(change(JSON.parse(double.keyFile()), double))

const withText = (text: (json: string) => string) =>
  withDouble((double) => ({
    config: { access_token: undefined, service_account_credentials: text(jsonOf(double)) },
    at: ["bucket"]
  }))

const withJson = (change: Change, situation = {}) =>
  withDouble((double) => ({
    config: { access_token: undefined, service_account_credentials: jsonOf(double, change) },
    at: ["bucket"],
    ...situation
  }))

/** The token service says this. */
const refusing = (error: string, description: string, status = 400) =>
  withDouble((double) => {
    const body = JSON.stringify({ error, error_description: description })
    double.injectNext({ operation: "oauth.token" }, { status, headers: { "content-type": "application/json" }, body })
    return { config: { access_token: undefined, service_account_credentials: jsonOf(double) }, at: ["bucket"] }
  })

const pointer = "#/service_account_credentials"
const invalid = `options invalid_value ${pointer}`
const refused = `authenticate failed auth_invalid ${pointer}`
const stranger = newServiceAccount("stranger@elsewhere.iam.gserviceaccount.com")
const elliptic = generateKeyPairSync("ec", { namedCurve: "P-256" }).privateKey.export({ type: "pkcs8", format: "pem" })
const minute = 60_000
const day = 24 * 60 * minute

const keyOf = (json: Record<string, unknown>): string => String(json["private_key"])

const json = family("the JSON of a service account", [
  { name: "right", arrange: withJson((it) => it, { write: true }), finding: "passed" },
  {
    name: "cut off",
    arrange: withText((text) => text.slice(0, 300)),
    finding: invalid,
    suggestion: "content of the JSON"
  },
  {
    name: "a path instead",
    arrange: withText(() => "/etc/mooring/account.json"),
    finding: invalid,
    suggestion: "service_account_file"
  },
  {
    name: "the private key alone",
    arrange: withText((text) => keyOf(JSON.parse(text))),
    finding: invalid,
    suggestion: "the whole JSON file"
  },
  {
    name: "without the private key",
    arrange: withJson(({ private_key: _, ...rest }) => rest),
    finding: invalid,
    suggestion: "whole"
  },
  {
    name: "without the address of the account",
    arrange: withJson(({ client_email: _, ...rest }) => rest),
    finding: invalid,
    suggestion: "whole"
  },
  {
    name: "a private key that is no PEM",
    arrange: withJson((it) => ({ ...it, private_key: "secret" })),
    finding: invalid,
    suggestion: "BEGIN PRIVATE KEY"
  },
  {
    name: "line breaks of the key that are escaped twice",
    arrange: withJson((it) => ({ ...it, private_key: keyOf(it).replaceAll("\n", "\\n") })),
    finding: invalid,
    suggestion: "line breaks"
  },
  {
    name: "a private key that is cut off",
    arrange: withJson((it) => ({ ...it, private_key: `${keyOf(it).slice(0, 400)}\n-----END PRIVATE KEY-----\n` })),
    finding: invalid,
    suggestion: "as Google made it"
  },
  {
    name: "a key of another algorithm",
    arrange: withJson((it) => ({ ...it, private_key: elliptic })),
    finding: invalid,
    suggestion: "that Google made"
  },
  {
    name: "of an OAuth client",
    arrange: withJson(() => ({ installed: { client_id: "id", client_secret: "secret-of-client" } })),
    finding: invalid,
    suggestion: "client_id and client_secret"
  },
  {
    name: "without a type",
    arrange: withJson(({ type: _, ...rest }) => rest),
    finding: invalid,
    suggestion: "service_account"
  },
  {
    name: "of a type that nobody knows",
    arrange: withJson((it) => ({ ...it, type: "service-account" })),
    finding: invalid,
    suggestion: "service_account"
  },
  {
    name: "the key of another account",
    arrange: withJson((it) => ({ ...it, private_key: stranger.privateKey })),
    finding: refused,
    suggestion: "a key of this service account"
  },
  {
    name: "an account that nobody knows",
    arrange: withJson((it) => ({ ...it, client_email: "nobody@double-project.iam.gserviceaccount.com" })),
    finding: refused,
    suggestion: "client_email"
  },
  {
    name: "a disabled account",
    arrange: refusing("invalid_grant", "Account has been disabled."),
    finding: refused,
    suggestion: "enable the account"
  },
  {
    name: "an assertion for another token service",
    arrange: refusing("invalid_grant", "Invalid JWT: Failed audience check."),
    finding: refused,
    suggestion: "token_uri"
  },
  {
    name: "a token service that fails",
    arrange: withDouble((double) => {
      for (let time = 0; time < 2; time += 1) double.injectNext({ operation: "oauth.token" }, { status: 503 })
      return { config: { access_token: undefined, service_account_credentials: jsonOf(double) }, at: ["bucket"] }
    }),
    finding: `authenticate failed provider_unavailable ${pointer}`,
    suggestion: "try again"
  },
  {
    name: "a token service that fails once",
    arrange: withDouble((double) => {
      double.injectNext({ operation: "oauth.token" }, { status: 503 })
      return { config: { access_token: undefined, service_account_credentials: jsonOf(double) }, at: ["bucket"] }
    }),
    finding: "passed"
  },
  {
    name: "a token service at a path where there is none",
    arrange: withJson((it, { endpoint }) => ({ ...it, token_uri: `${endpoint}/o/oauth2/token` })),
    finding: refused,
    suggestion: "the address of the token service"
  },
  {
    name: "a token service at a port where nobody listens",
    arrange: withJson((it) => ({ ...it, token_uri: "http://localhost:1/token" })),
    finding: `connect failed connect_refused ${pointer}`,
    suggestion: "token_uri"
  },
  {
    name: "a token service at a host that does not exist",
    arrange: withJson((it) => ({ ...it, token_uri: "https://oauth2.test/token" })),
    finding: `resolve failed dns_failed ${pointer}`,
    suggestion: "token_uri"
  },
  {
    name: "a token service that is no address",
    arrange: withJson((it) => ({ ...it, token_uri: "oauth2.googleapis.com/token" })),
    finding: invalid,
    suggestion: "https://oauth2.googleapis.com/token"
  },
  {
    name: "a clock that is a day ahead",
    arrange: withJson((it) => it, { clockOffset: day }),
    finding: "authenticate failed clock_skew -",
    suggestion: "set the clock"
  },
  {
    name: "a clock that is a day behind",
    arrange: withJson((it) => it, { clockOffset: -day }),
    finding: "authenticate failed clock_skew -",
    suggestion: "set the clock"
  },
  { name: "a clock that is a minute ahead", arrange: withJson((it) => it, { clockOffset: minute }), finding: "passed" }
])

const everything = { env: {}, allow: "all" } as const

const temporaryFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "mooring-doctor-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true }))
)

const inFile = (text: (double: StorageDouble) => string) =>
  Effect.flatMap(temporaryFolder, (folder) =>
    withDouble((double) => {
      const path = join(folder, "account.json")
      writeFileSync(path, text(double))
      return { config: { access_token: undefined, service_account_file: path }, at: ["bucket"], ambient: everything }
    })
  )

const files = family("the file of a service account", [
  { name: "right", arrange: inFile(({ keyFile }) => keyFile()), finding: "passed" },
  {
    name: "that is not there",
    arrange: withDouble(() => ({
      config: { access_token: undefined, service_account_file: "/nowhere/account.json" },
      ambient: everything
    })),
    finding: "authenticate failed auth_invalid #/service_account_file",
    suggestion: "by its whole path"
  },
  {
    name: "that holds something else",
    arrange: inFile(() => "[default]\naws_access_key_id=1"),
    finding: "authenticate failed auth_invalid #/service_account_file",
    suggestion: "content of the JSON file"
  },
  {
    name: "that the operator does not permit",
    arrange: withDouble(() => ({ config: { access_token: undefined, service_account_file: "/etc/account.json" } })),
    finding: "authenticate failed server_path_forbidden #/service_account_file",
    suggestion: "write the credentials themselves"
  }
])

export const credentials = [...json, ...files]
