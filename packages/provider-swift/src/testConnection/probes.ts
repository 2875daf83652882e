/**
 * How the connection test reads an object, and puts and removes one.
 */
import type { Reading, Writing } from "@mooring/core/connectionTest/probes"
import { orGone } from "@mooring/core/orGone"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "../api/SwiftClient.ts"
import { newTargetOf } from "../keys.ts"
import { putBytes } from "../pieces.ts"
import { read } from "../read.ts"
import { deleteObject } from "../SwiftApi.ts"
import type { SwiftSettings } from "../SwiftSettings.ts"

export const readingOf = (client: SwiftClient): Reading => ({ read: read(client) })

export const writingOf = (client: SwiftClient, settings: SwiftSettings): Writing => ({
  put: Effect.fnUntraced(function* (path, bytes) {
    const target = yield* newTargetOf(settings, path)
    yield* putBytes(client, target, bytes, {})
    return orGone(client.repeated(deleteObject(client, target)))
  }),
  remover: "a user that may remove objects"
})
