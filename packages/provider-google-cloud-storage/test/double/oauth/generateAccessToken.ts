/**
 * Tokens for a service account that another identity acts as.
 *
 * Source: https://cloud.google.com/iam/docs/reference/credentials/rest/v1/projects.serviceAccounts/generateAccessToken
 */
import { jsonAnswer, type Answer } from "../Answer.ts"
import { jsonBody, type Sent } from "../attributes.ts"
import type { Identity } from "../identities.ts"
import type { Call, Operation } from "../Operation.ts"
import { notFound, Refusal } from "../Refusal.ts"
import { isScope, mintToken } from "../tokens.ts"

const invalidArgument = (message: string) => new Refusal(400, "invalid", message, { rpc: "INVALID_ARGUMENT" })

const denied = () =>
  new Refusal(403, "forbidden", "Permission 'iam.serviceAccounts.getAccessToken' denied on resource.", {
    rpc: "PERMISSION_DENIED"
  })

const scopesOf = ({ scope }: Sent): ReadonlyArray<string> => {
  if (!Array.isArray(scope) || scope.length === 0 || !scope.every(isScope))
    throw invalidArgument("The scopes are missing or unknown.")
  return scope
}

const most = 3600

/** Seconds. */
const lifetimeOf = ({ lifetime = "3600s" }: Sent): number => {
  const [, seconds] = /^(\d{1,5})s$/.exec(String(lifetime)) ?? []
  if (seconds === undefined || Number(seconds) < 1 || Number(seconds) > most)
    throw invalidArgument("The lifetime is no number of seconds up to an hour.")
  return Number(seconds)
}

/** The delegates in between, each of which may act as the next. */
const delegatesOf = ({ delegates = [] }: Sent): ReadonlyArray<string> => {
  if (!Array.isArray(delegates)) throw invalidArgument("The delegates are no list.")
  return delegates.map((one) => String(one).replace("projects/-/serviceAccounts/", ""))
}

const run = (call: Call): Answer => {
  const { request, at, access, directory, now } = call
  const [, email] = /^(.+):generateAccessToken$/.exec(at["account"]!) ?? []
  if (email === undefined) throw notFound("Not Found")
  const sent = jsonBody(request)
  const extra = Object.keys(sent).find((name) => !["scope", "lifetime", "delegates"].includes(name))
  if (extra !== undefined) throw invalidArgument(`Unknown name "${extra}".`)
  const [scopes, lifetime] = [scopesOf(sent), lifetimeOf(sent)]
  let actor: Identity = access.actor("cloud-platform")
  for (const next of [...delegatesOf(sent), email]) {
    const account = directory.serviceAccounts.find((one) => one.email === next)
    if (account === undefined || actor.actsAs?.includes(next) !== true) throw denied()
    actor = account
  }
  const expires = now + lifetime * 1000
  const accessToken = mintToken(directory.tokens, { identity: actor, scopes, expires })
  return jsonAnswer({ accessToken, expireTime: new Date(expires).toISOString() })
}

export const generateAccessToken: Operation = {
  name: "iam.generateAccessToken",
  method: "POST",
  route: "/v1/projects/-/serviceAccounts/{account}",
  run
}
