/**
 * Copies that the service has begun and does on its own.
 */
import { StorageError } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { abortCopy, headBlob } from "./api/blobs.ts"
import type { BlobClient } from "./api/BlobClient.ts"
import type { Target } from "./keys.ts"

/** Milliseconds between two looks at a copy, doubled from the first to the last. */
const firstLook = 100
const slowestLook = 5_000

/** Milliseconds after which a copy that nobody waits for any longer is left to the service. */
const abortPatience = 15_000

const untilDone = Effect.fnUntraced(function* (client: BlobClient, to: Target, started: Headers) {
  let headers = started
  let pause = firstLook
  while (headers["x-ms-copy-status"] === "pending") {
    yield* Effect.sleep(pause)
    pause = Math.min(slowestLook, pause * 2)
    headers = yield* client.repeated(headBlob(client, to))
    if (headers["x-ms-copy-id"] !== started["x-ms-copy-id"]) {
      return yield* StorageError.of("provider_unavailable", "another copy to the same place began", {
        retryable: false
      })
    }
  }
  const status = headers["x-ms-copy-status"]
  if (status !== undefined && status !== "success") {
    return yield* StorageError.of("provider_unavailable", "the service gave the copy up", { retryable: false })
  }
})

/** Waits until a copy is done, whose first answer had these headers; one that nobody waits for any longer is aborted. */
export const awaitCopy = (client: BlobClient, to: Target, started: Headers) => {
  const id = started["x-ms-copy-id"]
  return Effect.onInterrupt(untilDone(client, to, started), () =>
    id === undefined
      ? Effect.void
      : client
          .repeated(abortCopy(client, to, id))
          .pipe(Effect.interruptible, Effect.timeoutOption(abortPatience), Effect.ignore)
  )
}
