/** https://cloud.google.com/storage/docs/json_api/v1/objects/rewrite */
import { isDeepStrictEqual } from "node:util"
import { jsonAnswer } from "../Answer.ts"
import { jsonBody, type Sent } from "../attributes.ts"
import { storeObject } from "../objects.ts"
import type { Call, Operation } from "../Operation.ts"
import { parameter } from "../rawRequest.ts"
import { invalid, invalidParameter } from "../Refusal.ts"
import { objectResource } from "../resources.ts"
import { seal, unseal } from "../seal.ts"
import { copyParameters, readCopy, type Copy } from "./copies.ts"

const mebibyte = 1024 * 1024

interface Progress {
  readonly path: string
  /** The resource that the first call sent. */
  readonly sent: Sent
  readonly generation: string
  readonly rewritten: number
}

/** A token goes on only with the copy that it was given to; what the first call sent need not come again. */
const readProgress = (call: Call, sent: Sent): Progress | undefined => {
  const token = parameter(call.request, "rewriteToken")
  if (token === undefined) return undefined
  const progress: Progress = JSON.parse(unseal(token, call.secret) ?? "{}")
  const again = Object.keys(sent).length === 0 || isDeepStrictEqual(sent, progress.sent)
  if (progress.path !== call.request.path || !again) throw invalidParameter("rewriteToken", token)
  return progress
}

/** Bytes of one call: they are all moved at once unless location or class change. */
const bytesPerCall = (call: Call, { source, stored, target, object }: Copy): number => {
  const value = parameter(call.request, "maxBytesRewrittenPerCall")
  if (value !== undefined && (!/^\d{1,15}$/.test(value) || Number(value) % mebibyte !== 0 || Number(value) === 0))
    throw invalid("maxBytesRewrittenPerCall must be an integral multiple of 1 MiB.")
  const spans =
    source.location !== target.location ||
    stored.storageClass !== (object.attributes.storageClass ?? target.storageClass)
  return spans ? Math.min(Number(value ?? call.rewriteBytes), call.rewriteBytes) : Infinity
}

export const rewriteObject: Operation = {
  name: "objects.rewrite",
  method: "POST",
  route: "/storage/v1/b/{bucket}/o/{object}/rewriteTo/b/{targetBucket}/o/{target}",
  permits: [...copyParameters, "rewriteToken", "maxBytesRewrittenPerCall"],
  run: (call) => {
    // The vendor's client sends the token in the body too, where it means nothing.
    const { token: _token, ...body } = jsonBody(call.request)
    const progress = readProgress(call, body)
    const sent = progress?.sent ?? body
    const copy = readCopy(call, sent, progress?.generation)
    const { stored, target, object } = copy
    const rewritten = Math.min(stored.body.length, (progress?.rewritten ?? 0) + bytesPerCall(call, copy))
    const done = rewritten === stored.body.length
    const sizes = { totalBytesRewritten: String(rewritten), objectSize: String(stored.body.length), done }
    const kind = "storage#rewriteResponse"
    if (done) {
      const resource = objectResource(call.origin, target, storeObject(target, object, call.now))
      return jsonAnswer({ kind, ...sizes, resource })
    }
    const next: Progress = { path: call.request.path, sent, generation: stored.generation, rewritten }
    return jsonAnswer({ kind, ...sizes, rewriteToken: seal(JSON.stringify(next), call.secret) })
  }
}
