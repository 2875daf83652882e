/**
 * The service of the setup as its owner sees it: raw calls with the master key, and the controls of the simulator.
 */
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { openWith } from "./host.ts"

interface Config {
  readonly account: string
  readonly key: string
  readonly endpoint: string
  readonly [option: string]: unknown
}

/** The options of the setup that runs. */
export const config = JSON.parse(process.env["MOORING_SETUP"] ?? "").config as Config

const json = async (address: string, init: RequestInit): Promise<Record<string, unknown>> => {
  const answer = await fetch(address, init)
  const body = (await answer.json()) as Record<string, unknown>
  if (!answer.ok) throw new Error(`${address}: ${JSON.stringify(body)}`)
  return body
}

/** One call of the API as the owner, with the account's id added. */
export const call = (name: string, body: Readonly<Record<string, unknown>>) =>
  Effect.promise(async () => {
    const basic = Buffer.from(`${config.account}:${config.key}`).toString("base64")
    const url = `${config.endpoint}/b2api/v4/b2_authorize_account`
    const { accountId, authorizationToken } = await json(url, { headers: { authorization: `Basic ${basic}` } })
    return json(`${config.endpoint}/b2api/v4/b2_${name}`, {
      method: "POST",
      headers: { authorization: String(authorizationToken) },
      body: JSON.stringify({ accountId, ...body })
    })
  })

/** One of the controls of `server.py`. */
export const control = (what: string) =>
  Effect.promise(() => json(`${config.endpoint}/control/${what}`, { method: "POST" }))

/** The operations that were asked for while the effect ran, in their order. */
export const operationsOf = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.gen(function* () {
    yield* control("requests")
    yield* effect
    return (yield* control("requests"))["requests"] as ReadonlyArray<string>
  })

/** Options with a key of these capabilities; of some buckets, and of a prefix in them, where they are given. */
export const withKey = Effect.fnUntraced(function* (
  capabilities: ReadonlyArray<string>,
  narrow: { readonly bucketIds?: ReadonlyArray<string>; readonly namePrefix?: string } = {}
) {
  const keyName = `key-${randomBytes(4).toString("hex")}`
  const made = yield* call("create_key", { capabilities, keyName, ...narrow })
  return { ...config, account: String(made["applicationKeyId"]), key: String(made["applicationKey"]) }
})

/** A store with these options beside those of the setup, and a new bucket. */
export const openBucket = Effect.fnUntraced(function* (options: Readonly<Record<string, unknown>> = {}) {
  const bucket = `mooring-${randomBytes(6).toString("hex")}`
  const store = yield* openWith({ ...config, ...options })
  yield* store.createContainer?.([bucket]) ?? Effect.void
  const { buckets } = yield* call("list_buckets", { bucketName: bucket })
  const [{ bucketId, lifecycleRules } = { bucketId: "", lifecycleRules: [] }] = buckets as ReadonlyArray<{
    readonly bucketId: string
    readonly lifecycleRules: ReadonlyArray<unknown>
  }>
  return { store, bucket, bucketId, lifecycleRules }
})
