/**
 * The metadata server of a machine of Google's.
 *
 * Source: https://cloud.google.com/compute/docs/metadata/querying-metadata
 */
import { jsonAnswer, type Answer } from "../Answer.ts"
import type { Identity } from "../identities.ts"
import type { Call, Operation } from "../Operation.ts"
import { header, parameter } from "../rawRequest.ts"
import { notFound, Refusal } from "../Refusal.ts"
import { isScope, mintToken } from "../tokens.ts"

const flavor = { "metadata-flavor": "Google", server: "Metadata Server for VM" }

const text = (body: string): Answer => ({
  status: 200,
  headers: { "content-type": "application/text", ...flavor },
  body
})

const cloudPlatform = "https://www.googleapis.com/auth/cloud-platform"

/** Only programs of the machine itself ask in this way. */
const checkAsker = ({ request, directory }: Call): Identity => {
  if (directory.machine === undefined) throw notFound("Not Found")
  if (header(request, "metadata-flavor") !== "Google")
    throw new Refusal(403, "forbidden", "Missing Metadata-Flavor:Google header.")
  if (header(request, "x-forwarded-for") !== undefined)
    throw new Refusal(403, "forbidden", "Requests that were forwarded are refused.")
  return directory.machine
}

const token = (call: Call): Answer => {
  const identity = checkAsker(call)
  const scopes = parameter(call.request, "scopes")?.split(",") ?? [cloudPlatform]
  if (!scopes.every(isScope)) throw new Refusal(400, "invalid", "A scope is unknown.")
  const { tokens, tokenLifetime } = call.directory
  const access_token = mintToken(tokens, { identity, scopes, expires: call.now + tokenLifetime })
  return jsonAnswer({ access_token, expires_in: Math.floor(tokenLifetime / 1000), token_type: "Bearer" }, flavor)
}

const operation = (
  name: string,
  path: string,
  run: Operation["run"],
  permits: ReadonlyArray<string> = []
): Operation => ({
  name: `metadata.${name}`,
  method: "GET",
  route: `/computeMetadata/v1/${path}`,
  permits,
  authentication: "none",
  run
})

const account = "instance/service-accounts/{account}"

const ofAccount = (run: (call: Call, machine: Identity) => Answer) => (call: Call) => {
  const machine = checkAsker(call)
  if (!["default", machine.email].includes(call.at["account"]!)) throw notFound("Not Found")
  return run(call, machine)
}

export const metadataServer: ReadonlyArray<Operation> = [
  operation("project", "project/project-id", (call) => {
    checkAsker(call)
    return text(call.project)
  }),
  operation(
    "email",
    `${account}/email`,
    ofAccount((_, { email }) => text(email))
  ),
  operation("token", `${account}/token`, ofAccount(token), ["scopes"])
]
