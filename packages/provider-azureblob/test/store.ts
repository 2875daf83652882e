/**
 * Stores and settings of options, for tests.
 */
import { decodeOptions } from "@mooring/core/options/decode"
import type { TransportShape } from "@mooring/core/Transport"
import { Transport } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import * as Result from "effect/Result"
import { makeBlobClient } from "../src/api/BlobClient.ts"
import { AzureBlobConfig } from "../src/AzureBlobConfig.ts"
import type { AzureBlobSettings } from "../src/AzureBlobSettings.ts"
import { storeOf } from "../src/AzureBlobStore.ts"
import { normalize } from "../src/normalize.ts"
import { host } from "./host.ts"

/** The settings of options, or the issues with them as `pointer code`. */
export const settle = (options: object): AzureBlobSettings | ReadonlyArray<string> => {
  const { config, issues } = Result.getOrThrow(decodeOptions(AzureBlobConfig.fields, options))
  const settings = normalize(config)
  const all = [...issues, ...(Result.isFailure(settings) ? settings.failure : [])]
  return Result.isSuccess(settings) && all.length === 0
    ? settings.success
    : all.map(({ pointer, code }) => `${pointer} ${code}`)
}

/** The settings of options that must be valid. */
export const settingsOf = (options: object): AzureBlobSettings => {
  const settings = settle(options)
  if ("origin" in settings) return settings
  throw new Error(settings.join())
}

const policy = { concurrency: 16, retries: 1, deadline: 20_000 }

/** A store of settings, through another transport than that of Node if one is given. */
export const openWith = Effect.fnUntraced(function* (settings: AzureBlobSettings, transport?: TransportShape) {
  const layers = transport === undefined ? host : Layer.merge(host, Layer.succeed(Transport, transport))
  const client = yield* Effect.provide(makeBlobClient(Effect.succeed(settings), policy), yield* Layer.build(layers))
  return { client, store: storeOf(client, settings) }
})
