/**
 * From the options of a backend to who asks. Pure. Where options ask for several identities the first of `ways` is used:
 * their order is rclone's (https://rclone.org/azureblob/#authentication), so that a configuration means the same to both.
 */
import type { ProviderPlugin } from "@mooring/core"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import type { Identity, ManagedIdentity } from "./Identity.ts"

type Issue = ProviderPlugin.Issue
type Secret = Redacted.Redacted<string>

/** The options that say who asks. */
export interface IdentityOptions {
  readonly key: Secret
  readonly sas_url: Secret
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

type Option = keyof IdentityOptions

/** What was found at the place that the options name. */
export interface Place {
  /** The name of the account, of an option or of the endpoint; empty if none says it. */
  readonly account: string
  /** The query of `sas_url`; empty without one. */
  readonly sas: Secret
}

/** Who asks, and which options said so. */
export interface ChosenIdentity {
  readonly identity: Identity
  /** The option that chose it; undefined if none did, which is anonymous. */
  readonly option: Option | undefined
  /** Options of other identities, which are not used, in the order in which they would be. */
  readonly ignored: ReadonlyArray<Option>
}

const isSet = (value: string | boolean | Secret): boolean =>
  Redacted.isRedacted(value) ? Redacted.value(value) !== "" : value !== "" && value !== false

const issue = (name: Option | "account", code: Issue["code"], detail: string): Issue => ({
  pointer: `#/${name}`,
  code,
  detail
})

/** A way to identify: the option that asks for it, what it needs, what it may have besides, and what it makes. */
interface Way {
  readonly option: Option
  readonly asked: (options: IdentityOptions) => boolean
  readonly needs: ReadonlyArray<Option>
  readonly takes?: ReadonlyArray<Option>
  readonly make: (options: IdentityOptions, place: Place) => Identity
}

const machineIds = ["msi_client_id", "msi_object_id", "msi_mi_res_id"] as const

const application = ({ tenant, client_id: clientId }: IdentityOptions) => ({ tenant, clientId })

const managed = (options: IdentityOptions): ManagedIdentity => {
  const { msi_client_id: client, msi_object_id: object, msi_mi_res_id: resource } = options
  if (client !== "") return { by: "client", id: client }
  if (object !== "") return { by: "object", id: object }
  return resource === "" ? { by: "machine" } : { by: "resource", id: resource }
}

const ways: ReadonlyArray<Way> = [
  {
    option: "env_auth",
    asked: ({ env_auth }) => env_auth,
    needs: [],
    takes: machineIds,
    make: (options) => ({ kind: "token", source: { kind: "environment", identity: managed(options) } })
  },
  {
    option: "key",
    asked: ({ key }) => isSet(key),
    needs: [],
    make: ({ key }, { account }) => ({ kind: "sharedKey", account, key })
  },
  {
    option: "sas_url",
    asked: ({ sas_url }) => isSet(sas_url),
    needs: [],
    make: (_, { sas }) => ({ kind: "sas", query: sas })
  },
  {
    option: "client_secret",
    asked: ({ client_secret }) => isSet(client_secret),
    needs: ["tenant", "client_id"],
    make: (options) => ({
      kind: "token",
      source: { kind: "secret", ...application(options), secret: options.client_secret }
    })
  },
  {
    option: "client_certificate_path",
    asked: ({ client_certificate_path: path }) => path !== "",
    needs: ["tenant", "client_id"],
    takes: ["client_certificate_password", "client_send_certificate_chain"],
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
    option: "username",
    asked: ({ username, password }) => username !== "" || isSet(password),
    needs: ["tenant", "client_id", "username", "password"],
    make: (options) => ({
      kind: "token",
      source: { kind: "user", ...application(options), username: options.username, password: options.password }
    })
  },
  {
    option: "service_principal_file",
    asked: ({ service_principal_file: path }) => path !== "",
    needs: [],
    make: ({ service_principal_file: path }) => ({ kind: "token", source: { kind: "principalFile", path } })
  },
  {
    option: "use_msi",
    asked: ({ use_msi }) => use_msi,
    needs: [],
    takes: machineIds,
    make: (options) => ({ kind: "token", source: { kind: "managed", identity: managed(options) } })
  },
  {
    option: "use_az",
    asked: ({ use_az }) => use_az,
    needs: [],
    takes: ["tenant"],
    make: ({ tenant }) => ({ kind: "token", source: { kind: "cli", tenant } })
  }
]

/** Options that ask for nothing by themselves, and the option that each is of: what is said where none asks. */
const companions: ReadonlyArray<readonly [option: Option, of: Option]> = [
  ["client_certificate_password", "client_certificate_path"],
  ["client_send_certificate_chain", "client_certificate_path"],
  ["msi_client_id", "use_msi"],
  ["msi_object_id", "use_msi"],
  ["msi_mi_res_id", "use_msi"],
  ["client_id", "client_secret"],
  ["tenant", "client_secret"]
]

const isGiven = (options: IdentityOptions, name: Option): boolean => isSet(options[name])

const needed = (name: Option | "account", beside: Option): Issue =>
  issue(name, "missing_field", `is needed beside ${beside}`)

const machineIssues = (options: IdentityOptions): ReadonlyArray<Issue> =>
  machineIds
    .filter((name) => options[name] !== "")
    .slice(1)
    .map((name) =>
      issue(name, "conflicting_fields", "names the same identity of the machine in another way: write one")
    )

const uniquePointers = (issues: ReadonlyArray<Issue>): ReadonlyArray<Issue> =>
  issues.filter(({ pointer }, index) => issues.findIndex((one) => one.pointer === pointer) === index)

const wayOf = (options: IdentityOptions): Way | undefined => ways.find((way) => way.asked(options))

/** The option that chooses the identity, whether it has all that it needs or not; undefined if none does. */
export const choosingOption = (options: IdentityOptions): Option | undefined => wayOf(options)?.option

/** What is missing of the identity that is asked for; where none is, of the one that is there in part. */
const missingIssues = (options: IdentityOptions, { account }: Place): ReadonlyArray<Issue> => {
  const way = wayOf(options)
  if (way === undefined) {
    return companions.filter(([name]) => isGiven(options, name)).map(([name, of]) => needed(of, name))
  }
  const missing = way.needs.filter((name) => !isGiven(options, name)).map((name) => needed(name, way.option))
  return way.option === "key" && account === "" ? [...missing, needed("account", "key")] : missing
}

/** The options of other ways than this one, each once. */
const ignoredBy = (options: IdentityOptions, way: Way): ReadonlyArray<Option> => {
  const used: ReadonlyArray<Option> = [way.option, ...way.needs, ...(way.takes ?? [])]
  const all = ways.flatMap(({ option, needs, takes = [] }) => [option, ...needs, ...takes])
  return [...new Set(all)].filter((name) => isGiven(options, name) && !used.includes(name))
}

/**
 * The identity that the options ask for, anonymous if for none. Fails with every problem of it: an identity of which
 * there is only a part, and an identity of the machine that is named in two ways.
 */
export const identityOf = (
  options: IdentityOptions,
  place: Place
): Result.Result<ChosenIdentity, ReadonlyArray<Issue>> => {
  const issues = uniquePointers([...missingIssues(options, place), ...machineIssues(options)])
  if (issues.length > 0) return Result.fail(issues)
  const way = wayOf(options)
  if (way === undefined) return Result.succeed({ identity: { kind: "anonymous" }, option: undefined, ignored: [] })
  const { option } = way
  return Result.succeed({ identity: way.make(options, place), option, ignored: ignoredBy(options, way) })
}
