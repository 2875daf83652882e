/** Access tokens, OAuth tokens, identities of the machine and of nobody. */
import { family } from "@mooring/testkit/doctor"
import { defaultServiceAccount, type OAuthClient, type StorageDouble } from "../../double/index.ts"
import { token, withDouble } from "../worlds.ts"

type Config = Readonly<Record<string, unknown>>

const client: OAuthClient = {
  id: "client.apps.googleusercontent.com",
  secret: "GOCSPX-secret-of-client",
  refreshTokens: { "1//refresh": defaultServiceAccount },
  identity: defaultServiceAccount
}

const past = "2020-01-02T03:04:05Z"

const stored = (more: Config) => JSON.stringify({ token_type: "Bearer", ...more })

const withOptions = (config: (double: StorageDouble) => Config, situation = {}, clients = [client]) =>
  withDouble((double) => ({ config: { access_token: undefined, ...config(double) }, at: ["bucket"], ...situation }), {
    clients
  })

const withClient = (config: Config, clients = [client]) =>
  withOptions(
    ({ tokenUrl }) => ({ client_id: client.id, client_secret: client.secret, token_url: tokenUrl, ...config }),
    {},
    clients
  )

const access = family("access tokens", [
  {
    name: "that nobody knows",
    arrange: withOptions(() => ({ access_token: "ya29.unknown" })),
    finding: "authenticate failed auth_invalid #/access_token",
    suggestion: "a new access token"
  },
  {
    name: "that have expired",
    arrange: withOptions(({ tokenFor }) => ({ access_token: tokenFor(defaultServiceAccount, { lifetime: -1 }) })),
    finding: "authenticate failed auth_invalid #/access_token",
    suggestion: "a new access token"
  },
  {
    name: "that may only read",
    arrange: withOptions(
      ({ tokenFor }) => ({
        access_token: tokenFor(defaultServiceAccount, {
          scopes: ["https://www.googleapis.com/auth/devstorage.read_only"]
        })
      }),
      { write: true }
    ),
    finding: "write failed permission_denied #/access_token",
    suggestion: "scope"
  },
  {
    name: "for something else than storage",
    arrange: withOptions(({ tokenFor }) => ({
      access_token: tokenFor(defaultServiceAccount, { scopes: ["https://www.googleapis.com/auth/drive"] })
    })),
    finding: "list failed permission_denied #/access_token",
    suggestion: "scope"
  },
  {
    name: "with a line break",
    arrange: withOptions(() => ({ access_token: `${token}\n` })),
    finding: "options invalid_value #/access_token",
    suggestion: "line breaks"
  }
])

const oauth = family("OAuth", [
  {
    name: "a token that is good",
    arrange: withOptions(({ tokenFor }) => ({ token: stored({ access_token: tokenFor(defaultServiceAccount) }) })),
    finding: "passed"
  },
  {
    name: "a token that is no JSON",
    arrange: withOptions(() => ({ token: "ya29.token" })),
    finding: "options invalid_value #/token",
    suggestion: "rclone authorize"
  },
  {
    name: "a token with nothing in it",
    arrange: withOptions(() => ({ token: stored({}) })),
    finding: "options invalid_value #/token",
    suggestion: "refresh_token"
  },
  {
    name: "a token that has expired and cannot be refreshed",
    arrange: withOptions(() => ({ token: stored({ access_token: "ya29.old", expiry: past }) })),
    finding: "authenticate failed auth_expired #/token",
    suggestion: "with a refresh_token"
  },
  {
    name: "a token that has expired, and its client is not written",
    arrange: withOptions(() => ({ token: stored({ refresh_token: "1//refresh", expiry: past }) })),
    finding: "authenticate failed auth_expired #/client_id",
    suggestion: "with which the token was made"
  },
  {
    name: "a token that is refreshed",
    arrange: withClient({ token: stored({ access_token: "ya29.old", refresh_token: "1//refresh", expiry: past }) }),
    finding: "passed"
  },
  {
    name: "a token that is refused before its time and refreshed",
    arrange: withClient({ token: stored({ access_token: "ya29.old", refresh_token: "1//refresh" }) }),
    finding: "passed"
  },
  {
    name: "a permission that was taken back",
    arrange: withClient({ token: stored({ refresh_token: "1//gone" }) }),
    finding: "authenticate failed auth_expired #/token",
    suggestion: "a new token"
  },
  {
    name: "the secret of another client",
    arrange: withClient({ client_secret: "GOCSPX-another-one", token: stored({ refresh_token: "1//refresh" }) }),
    finding: "authenticate failed auth_invalid #/client_id",
    suggestion: "the ID and secret of one OAuth client"
  },
  {
    name: "a client that nobody knows",
    arrange: withClient({
      client_id: "other.apps.googleusercontent.com",
      token: stored({ refresh_token: "1//refresh" })
    }),
    finding: "authenticate failed auth_invalid #/client_id",
    suggestion: "the ID and secret of one OAuth client"
  },
  {
    name: "a client and no token",
    arrange: withOptions(() => ({ client_id: client.id, client_secret: client.secret })),
    finding: "options missing_field #/token",
    suggestion: "rclone authorize"
  },
  {
    name: "a token for the client itself",
    arrange: withClient({ client_credentials: true }),
    finding: "passed"
  },
  {
    name: "a token for the client itself, and no address of its service",
    arrange: withOptions(() => ({ client_credentials: true, client_id: client.id, client_secret: client.secret })),
    finding: "options missing_field #/token_url",
    suggestion: "client_credentials"
  },
  {
    name: "a token for a client that gets none",
    arrange: withClient({ client_credentials: true }, [{ id: client.id, secret: client.secret }]),
    finding: "authenticate failed auth_invalid #/client_id",
    suggestion: "with which the token was made"
  },
  {
    name: "the JSON of a person",
    arrange: withOptions(({ tokenUrl }) => ({
      service_account_credentials: stored({
        type: "authorized_user",
        client_id: client.id,
        client_secret: client.secret,
        refresh_token: "1//refresh",
        token_uri: tokenUrl
      })
    })),
    finding: "passed"
  },
  {
    name: "the JSON of a person who took the permission back",
    arrange: withOptions(({ tokenUrl }) => ({
      service_account_credentials: stored({
        type: "authorized_user",
        client_id: client.id,
        client_secret: client.secret,
        refresh_token: "1//gone",
        token_uri: tokenUrl
      })
    })),
    finding: "authenticate failed auth_expired #/service_account_credentials",
    suggestion: "a new token"
  }
])

const onMachine = (env: (double: StorageDouble) => Readonly<Record<string, string>>, machine = true) =>
  withDouble(
    (double) => ({
      config: { access_token: undefined, env_auth: true },
      at: ["bucket"],
      ambient: { env: { CLOUDSDK_CONFIG: "/nowhere", ...env(double) }, allow: "all" as const }
    }),
    machine ? { machine: defaultServiceAccount } : {}
  )

const host = ({ port }: StorageDouble) => ({ GCE_METADATA_HOST: `127.0.0.1:${port}` })
const noneFound = "gcloud auth application-default login"

const machine = family("the machine", [
  { name: "of Google", arrange: onMachine(host), finding: "passed" },
  {
    name: "of nobody",
    arrange: onMachine(() => ({ GCE_METADATA_HOST: "127.0.0.1:1" })),
    finding: "authenticate failed auth_invalid #/env_auth",
    suggestion: noneFound
  },
  {
    name: "without a service account",
    arrange: onMachine(host, false),
    finding: "authenticate failed auth_invalid #/env_auth",
    suggestion: noneFound
  },
  {
    name: "whose variable names a file that is not there",
    arrange: onMachine(() => ({ GOOGLE_APPLICATION_CREDENTIALS: "/nowhere/account.json" })),
    finding: "authenticate failed auth_invalid #/env_auth",
    suggestion: "by its whole path"
  },
  {
    name: "that the operator does not lend",
    arrange: withDouble(() => ({ config: { access_token: undefined, env_auth: true } })),
    finding: "authenticate failed ambient_credentials_forbidden #/env_auth",
    suggestion: "write the credentials themselves"
  }
])

const open = { buckets: ["bucket", { name: "open", publicRead: true }] }

const nobody = family("nobody", [
  {
    name: "and no option that says so",
    arrange: withOptions(() => ({})),
    finding: "options missing_field #/service_account_credentials",
    suggestion: "anonymous"
  },
  {
    name: "at a private bucket",
    arrange: withOptions(() => ({ anonymous: true })),
    finding: "list failed permission_denied #/anonymous",
    suggestion: "credentials"
  },
  {
    name: "at a public bucket",
    arrange: withDouble(() => ({ config: { access_token: undefined, anonymous: true }, at: ["open"] }), open),
    finding: "passed"
  },
  {
    name: "at no bucket",
    arrange: withOptions(() => ({ anonymous: true }), { at: [] }),
    finding: "list unverified permission_denied #/anonymous",
    suggestion: "credentials"
  }
])

export const tokens = [...access, ...oauth, ...machine, ...nobody]
