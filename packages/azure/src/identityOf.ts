/**
 * From the options of a backend to who asks. Pure; an option that asks for another identity than the first is refused.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { Identity, ManagedIdentity } from "./Identity.ts"

type Issue = ProviderPlugin.Issue
type Secret = Redacted.Redacted<string>

/** The options that say who asks. */
export interface IdentityOptions {
  /** The name of the account, of an option or of the endpoint. */
  readonly account: string
  readonly key: Secret
  /** The query of `sas_url`; empty without one. */
  readonly sas: Secret
  readonly tenant: string
  readonly client_id: string
  readonly client_secret: Secret
  readonly client_certificate_path: string
  readonly client_certificate_password: Secret
  readonly client_send_certificate_chain: boolean
  readonly username: string
  readonly password: Secret
  readonly service_principal_file: string
  readonly env_auth: boolean
  readonly use_msi: boolean
  readonly msi_client_id: string
  readonly msi_object_id: string
  readonly msi_mi_res_id: string
  readonly use_az: boolean
}

type Name = keyof IdentityOptions | "sas_url"

const isSet = (value: string | boolean | Secret): boolean =>
  Redacted.isRedacted(value) ? Redacted.value(value) !== "" : value !== "" && value !== false

const issue = (name: Name, code: Issue["code"], detail: string): Issue => ({ pointer: `#/${name}`, code, detail })

/** A way to identify: the option that asks for it, what it needs besides, and what it makes. */
interface Way {
  readonly name: Name
  readonly asked: (options: IdentityOptions) => boolean
  readonly needs: ReadonlyArray<keyof IdentityOptions>
  readonly make: (options: IdentityOptions) => Identity
}

const application = ({ tenant, client_id: clientId }: IdentityOptions) => ({ tenant, clientId })

const managed = (options: IdentityOptions): ManagedIdentity => {
  const { msi_client_id: client, msi_object_id: object, msi_mi_res_id: resource } = options
  if (client !== "") return { by: "client", id: client }
  if (object !== "") return { by: "object", id: object }
  return resource === "" ? { by: "machine" } : { by: "resource", id: resource }
}

const ways: ReadonlyArray<Way> = [
  {
    name: "env_auth",
    asked: ({ env_auth }) => env_auth,
    needs: [],
    make: (options) => ({ kind: "token", source: { kind: "environment", identity: managed(options) } })
  },
  {
    name: "key",
    asked: ({ key }) => isSet(key),
    needs: ["account"],
    make: ({ account, key }) => ({ kind: "sharedKey", account, key })
  },
  { name: "sas_url", asked: ({ sas }) => isSet(sas), needs: [], make: ({ sas }) => ({ kind: "sas", query: sas }) },
  {
    name: "client_secret",
    asked: ({ client_secret }) => isSet(client_secret),
    needs: ["tenant", "client_id"],
    make: (options) => ({
      kind: "token",
      source: { kind: "secret", ...application(options), secret: options.client_secret }
    })
  },
  {
    name: "client_certificate_path",
    asked: ({ client_certificate_path: path }) => path !== "",
    needs: ["tenant", "client_id"],
    make: (options) => ({
      kind: "token",
      source: {
        kind: "certificate",
        ...application(options),
        path: options.client_certificate_path,
        password: options.client_certificate_password,
        sendChain: options.client_send_certificate_chain
      }
    })
  },
  {
    name: "username",
    asked: ({ username, password }) => username !== "" || isSet(password),
    needs: ["tenant", "client_id", "username", "password"],
    make: (options) => ({
      kind: "token",
      source: { kind: "user", ...application(options), username: options.username, password: options.password }
    })
  },
  {
    name: "service_principal_file",
    asked: ({ service_principal_file: path }) => path !== "",
    needs: [],
    make: ({ service_principal_file: path }) => ({ kind: "token", source: { kind: "principalFile", path } })
  },
  {
    name: "use_msi",
    asked: ({ use_msi }) => use_msi,
    needs: [],
    make: (options) => ({ kind: "token", source: { kind: "managed", identity: managed(options) } })
  },
  {
    name: "use_az",
    asked: ({ use_az }) => use_az,
    needs: [],
    make: ({ tenant }) => ({ kind: "token", source: { kind: "cli", tenant } })
  }
]

/** Options that mean something only beside another: the first of the list that is set is enough. */
const companions: ReadonlyArray<readonly [keyof IdentityOptions, ReadonlyArray<keyof IdentityOptions>]> = [
  ["client_certificate_password", ["client_certificate_path"]],
  ["client_send_certificate_chain", ["client_certificate_path"]],
  ["msi_client_id", ["use_msi", "env_auth"]],
  ["msi_object_id", ["use_msi", "env_auth"]],
  ["msi_mi_res_id", ["use_msi", "env_auth"]],
  ["client_id", ["client_secret", "client_certificate_path", "username"]],
  ["tenant", ["client_secret", "client_certificate_path", "username", "use_az"]]
]

const companionIssues = (options: IdentityOptions): ReadonlyArray<Issue> =>
  companions
    .filter(([name, others]) => isSet(options[name]) && !others.some((other) => isSet(options[other])))
    .map(([name, [other]]) => issue(other as Name, "missing_field", `is needed beside ${name}`))

const managedIssues = (options: IdentityOptions): ReadonlyArray<Issue> =>
  (["msi_client_id", "msi_object_id", "msi_mi_res_id"] as const)
    .filter((name) => options[name] !== "")
    .slice(1)
    .map((name) =>
      issue(name, "conflicting_fields", "names the same identity of the machine in another way: write one")
    )

const unique = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> =>
  issues.filter(
    ({ pointer, code }, index) => issues.findIndex((one) => one.pointer === pointer && one.code === code) === index
  )

/** The identity that the options ask for, anonymous if for none; or every problem with them. */
export const identityOf = (options: IdentityOptions): Result.Result<Identity, ReadonlyArray<Issue>> => {
  const asked = ways.filter((way) => way.asked(options))
  const [first, ...others] = asked
  const conflicts = others.map(({ name }) =>
    issue(name, "conflicting_fields", `asks for another identity than ${first?.name}: leave one of them out`)
  )
  const missing = (first?.needs ?? [])
    .filter((name) => !isSet(options[name]))
    .map((name) => issue(name, "missing_field", `is needed beside ${first?.name}`))
  const issues = unique([...conflicts, ...missing, ...companionIssues(options), ...managedIssues(options)])
  if (issues.length > 0) return Result.fail(issues)
  return Result.succeed(first === undefined ? { kind: "anonymous" } : first.make(options))
}
