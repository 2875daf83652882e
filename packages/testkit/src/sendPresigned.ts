/**
 * Sends a presigned request through the host's Transport: as a stranger would, without any credentials.
 */
import type { PresignedRequest } from "@mooring/core/ObjectStore"
import type { StorageError } from "@mooring/core/StorageError"
import { collectBytes, Transport } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"

const largest = 1024 * 1024

/** The status and the whole body of the answer: what `Subject.send` is, once a Transport is provided. */
export const sendPresigned = (
  { method, url, headers }: PresignedRequest,
  body?: Uint8Array
): Effect.Effect<{ readonly status: number; readonly body: Uint8Array }, StorageError, Transport> =>
  Effect.scoped(
    Effect.gen(function* () {
      const transport = yield* Transport
      const { origin } = new URL(url)
      const path = url.slice(url.indexOf("/", url.indexOf("//") + 2))
      const answer = yield* transport.request({ origin, path, method, headers, ...(body && { body }) })
      return { status: answer.status, body: yield* collectBytes(answer.body, largest) }
    })
  )
