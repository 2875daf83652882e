/** Stores over a double of their own. */
import type { Path } from "@mooring/core"
import type { TransportShape } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
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

/** The operations that a double was asked for. */
export const operationsOf = ({ requests }: AzureDouble): ReadonlyArray<string> =>
  requests.map(({ operation }) => operation)
