/**
 * `signature.ts` against the vendor's signer on random requests; `MOORING_SEED` is the first of their seeds.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { presignV4, signV4, unsignedPayload } from "../src/signature.ts"
import { randomRequest, vendorRequestOf, vendorSignerOf, type RandomRequest } from "./randomRequest.ts"

const first = Number(process.env["MOORING_SEED"] ?? 1)
const seeds = Array.from({ length: 10_000 }, (_, index) => first + index)

const both = {
  headers: async (request: RandomRequest) => {
    const { method, path, host, payloadHash, context } = request
    const headers = { ...request.headers, ...request.amzHeaders }
    const ours = signV4({ method, path, headers: { ...headers, host }, payloadHash }, context)
    const unsigned = vendorRequestOf(request, { ...headers, "x-amz-content-sha256": payloadHash })
    const theirs = await vendorSignerOf(request).sign(unsigned, { signingDate: new Date(context.time) })
    return [ours["authorization"], theirs.headers["authorization"]]
  },
  links: async (request: RandomRequest) => {
    const { method, path, host, headers, expiresIn, context } = request
    // The vendor's signer puts every x-amz-* header into the query, this one among them.
    const unsignedBody = { "x-amz-content-sha256": unsignedPayload }
    const sent = `${path}${path.includes("?") ? "&" : "?"}x-amz-content-sha256=${unsignedPayload}`
    const ours = presignV4({ method, path: sent, headers: { ...headers, host }, expiresIn }, context)
    const signingDate = new Date(context.time)
    const query = { ...request.query, ...unsignedBody }
    const unsigned = vendorRequestOf({ ...request, query }, { ...headers, ...unsignedBody })
    const theirs = await vendorSignerOf(request).presign(unsigned, { signingDate, expiresIn })
    return [/X-Amz-Signature=(\w+)$/.exec(ours)?.[1], theirs.query?.["X-Amz-Signature"]]
  }
}

describe(`the vendor's signer agrees on the requests of seeds ${first} to ${first + seeds.length - 1}:`, () => {
  for (const [title, signaturesOf] of Object.entries(both))
    it.effect(
      `${seeds.length} signed in ${title}`,
      () =>
        Effect.promise(async () => {
          for (const seed of seeds) {
            const request = randomRequest(seed)
            const [ours, theirs] = await signaturesOf(request)
            assert.isString(ours)
            assert.strictEqual(ours, theirs, `seed ${seed}: ${request.method} ${request.path}`)
          }
        }),
      120_000
    )
})
