/**
 * A client and a store of options, so that a test can look beneath the store.
 */
import { decodeOptions } from "@mooring/core/options/decode"
import type { ObjectStore } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import * as Effect from "effect/Effect"
import * as Result from "effect/Result"
import { randomBytes } from "node:crypto"
import { makeSwiftClient, type SwiftClient } from "../src/api/SwiftClient.ts"
import type { ClusterInfo } from "../src/api/info.ts"
import { listObjects } from "../src/SwiftApi.ts"
import { normalize } from "../src/normalize.ts"
import { SwiftConfig } from "../src/SwiftConfig.ts"
import { storeOf } from "../src/SwiftStore.ts"
import { hostWith, inHost } from "./host.ts"

/** The settings of options that must be valid. */
export const settingsOf = (raw: Readonly<Record<string, unknown>>) => {
  const { config, given } = Result.getOrThrow(decodeOptions(SwiftConfig.fields, raw))
  return Result.getOrThrow(normalize(config, given))
}

/** A client of options, in a host of an environment; `info` stands for what the service says it can do. */
export const openClient = Effect.fnUntraced(function* (
  raw: Readonly<Record<string, unknown>>,
  { info, env }: { readonly info?: ClusterInfo; readonly env?: Readonly<Record<string, string>> } = {}
) {
  const settings = settingsOf(raw)
  const made = yield* inHost(makeSwiftClient(Effect.succeed(settings), storePolicy), hostWith(env))
  const client: SwiftClient = info === undefined ? made : { ...made, info: Effect.succeed(info) }
  return { client, store: storeOf(client, settings) }
})

/** A container of a new name. */
export const newContainer = Effect.fnUntraced(function* (store: ObjectStore) {
  const container = `mooring-${randomBytes(6).toString("hex")}`
  yield* store.createContainer!([container])
  return container
})

/** Lets a container keep versions, which the plugin itself never does. */
export const keepVersions = (client: SwiftClient, container: string) => {
  const headers = { "x-versions-enabled": "true" }
  const body = new Uint8Array()
  return client.repeated(Effect.scoped(Effect.asVoid(client.send({ method: "POST", container, headers, body }))))
}

/** The names in a container; none if it is not there. */
export const namesIn = (client: SwiftClient, container: string) =>
  Effect.catch(
    Effect.map(client.repeated(listObjects(client, container, { prefix: "", limit: 1000 })), (page) =>
      page.map(({ name }) => name)
    ),
    () => Effect.succeed<ReadonlyArray<string>>([])
  )
