/** Stores over a double of their own. */
import type { ObjectStore, Path } from "@mooring/core"
import { collectBytes } from "@mooring/core/Transport"
import type { TransportShape } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { BlobClient } from "../src/api/BlobClient.ts"
import { account, accountKey, startAzureDouble, type AzureDouble, type AzureDoubleOptions } from "./double/index.ts"
import { openWith, settingsOf } from "./store.ts"

/** A double with the empty container `box` that lives in the Scope. */
export const runningDouble = (setup: AzureDoubleOptions = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => startAzureDouble({ containers: ["box"], ...setup })),
    (double) => Effect.promise(() => double.close())
  )

/** The options of the key of a double's account. */
export const optionsFor = ({ endpoint }: Pick<AzureDouble, "endpoint">) => ({ account, key: accountKey, endpoint })

/** A store over a new double. */
export const openDouble = Effect.fnUntraced(function* (
  options: object = {},
  setup: AzureDoubleOptions = {},
  transport?: TransportShape
) {
  const double = yield* runningDouble(setup)
  return { double, ...(yield* openWith(settingsOf({ ...optionsFor(double), ...options }), transport)) }
})

/** Snapshot Blob, which the plugin itself never does. */
export const takeSnapshot = (client: BlobClient, [container, name]: Path) => {
  const body = new Uint8Array()
  return client.repeated(
    Effect.asVoid(client.send({ method: "PUT", container, name, query: { comp: "snapshot" }, body }))
  )
}

/** A body of one block per pull. */
export const bodyOf = (...texts: ReadonlyArray<string>) =>
  Stream.fromIterable(
    texts.map((text): Uint8Array => Buffer.from(text)),
    { chunkSize: 1 }
  )

/** The text of an object. */
export const textAt = (store: ObjectStore, path: Path, version?: string) =>
  Effect.scoped(
    Effect.flatMap(store.read(path, version === undefined ? {} : { version }), ({ body }) =>
      Effect.map(collectBytes(body, 1024), (bytes) => Buffer.from(bytes).toString())
    )
  )

/** The operations that a double was asked for. */
export const operationsOf = ({ requests }: AzureDouble): ReadonlyArray<string> =>
  requests.map(({ operation }) => operation)
