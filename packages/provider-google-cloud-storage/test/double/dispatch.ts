/** From a request to its answer: which operation it is, who asks, and what comes of it. */
import { accessOf, type Caller } from "./access.ts"
import type { Answer } from "./Answer.ts"
import { selectFields } from "./fields.ts"
import type { Injected } from "./injections.ts"
import { matchOperation } from "./matchOperation.ts"
import { OAuthRefusal, oauthAnswer } from "./oauth/OAuthRefusal.ts"
import type { Operation, Surroundings } from "./Operation.ts"
import { operations } from "./operations/index.ts"
import { receiveSome } from "./operations/putUpload.ts"
import { header, parameter, type RawRequest } from "./rawRequest.ts"
import { Refusal, refusalAnswer, textAnswer, xmlAnswer } from "./Refusal.ts"
import { tokenOf } from "./tokens.ts"
import { verifySignedUrl } from "./verifySignedUrl.ts"

export interface Outcome {
  /** The operation's name; "" where none was found. */
  readonly operation: string
  /** The e-mail address of who asked. */
  readonly identity?: string
  /** Why it was refused. */
  readonly reason?: string
  /** Undefined where the connection is cut instead. */
  readonly answer: Answer | undefined
  readonly injected?: Injected
}

const callerOf = (request: RawRequest, { authentication }: Operation, surroundings: Surroundings): Caller => {
  const { directory, now } = surroundings
  const authorization = header(request, "authorization")
  if (authentication === "none") return { identity: undefined }
  if (authentication === "signature") {
    if (authorization !== undefined) throw new Refusal(400, "invalid", "The URL is signed, and there is a token.")
    return { identity: verifySignedUrl(request, directory.serviceAccounts, now) }
  }
  if (authorization === undefined) return { identity: undefined }
  return tokenOf(directory.tokens, authorization, now)
}

const withFields = (request: RawRequest, answer: Answer): Answer => {
  const fields = parameter(request, "fields")
  return fields === undefined || typeof answer.body !== "string" || answer.body === ""
    ? answer
    : { ...answer, body: selectFields(answer.body, fields) }
}

const refused = (refusal: Refusal, { name, authentication }: Partial<Operation>): Answer => {
  if (refusal instanceof OAuthRefusal) return oauthAnswer(refusal)
  if (authentication === "signature") return xmlAnswer(refusal)
  return name === "objects.download" || refusal.details.text ? textAnswer(refusal) : refusalAnswer(refusal)
}

/** `inject` is asked once it is known who asks for what. */
export const dispatch = (
  read: () => RawRequest,
  surroundings: Surroundings,
  inject: (operation: string) => Injected | undefined
): Outcome => {
  let operation: Partial<Operation> = {}
  let identity: string | undefined
  const outcome = () => ({ operation: operation.name ?? "", ...(identity !== undefined && { identity }) })
  try {
    const request = read()
    const match = matchOperation(request, operations)
    operation = match.operation
    const caller = callerOf(request, match.operation, surroundings)
    identity = caller.identity?.email
    const injected = inject(match.operation.name)
    if (injected === "drop") return { ...outcome(), answer: undefined }
    if (typeof injected === "object" && "status" in injected)
      return { ...outcome(), answer: { headers: {}, body: "", ...injected } }
    const call = { ...surroundings, request, at: match.at, access: accessOf(caller, request, surroundings.buckets) }
    if (typeof injected === "object" && "receive" in injected) {
      receiveSome(call, injected.receive)
      return { ...outcome(), answer: undefined }
    }
    const run = match.operation.run(call)
    const answer = match.operation.authentication === undefined ? withFields(request, run) : run
    if (injected === "apply-then-drop") return { ...outcome(), answer: undefined }
    return { ...outcome(), answer, ...(injected !== undefined && { injected }) }
  } catch (error) {
    const refusal = error instanceof Refusal ? error : new Refusal(500, "backendError", String(error))
    return { ...outcome(), reason: refusal.reason, answer: refused(refusal, operation) }
  }
}
