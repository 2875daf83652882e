/**
 * The vendor's client for Azure and ours, and the doubles on which both do a work.
 */
import { Ambient, StorageError } from "@mooring/core"
import { storePolicy } from "@mooring/core/Attempts"
import type { VendorDiffSubject } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { makeBlobClient } from "../../src/api/BlobClient.ts"
import { storeOf } from "../../src/AzureBlobStore.ts"
import { keyClient, putStored, tokenClient, writeToken } from "../double/cases/fixture.ts"
import { account, startAzureDouble, type AzureDouble } from "../double/index.ts"
import type { Injected } from "../double/injections.ts"
import { host } from "../host.ts"
import { optionsFor } from "../openDouble.ts"
import { settingsOf } from "../store.ts"
import { classes, fields } from "./classes.ts"
import { failures } from "./failures.ts"
import { type Work } from "./Work.ts"
import { works } from "./works.ts"

/** `container` with two blobs, of the stored one two versions where they are kept; `empty`, and `pending` with a block. */
const startDouble = async ({ operation, setup }: Work, injected: ReadonlyArray<Injected>) => {
  const containers = ["container", "empty", "pending"]
  const double = await startAzureDouble({ containers, tokens: { [writeToken]: "rwdlc" }, ...setup })
  const client = keyClient(double.endpoint)
  const into = client.getContainerClient("container")
  if (setup?.versioning === true) await putStored(into)
  await putStored(into)
  await putStored(into, "zebra")
  await client.getContainerClient("pending").getBlockBlobClient("dir/name").stageBlock("AAAA", "x", 1)
  double.clearRequests()
  for (const one of injected) double.injectNext({ operation }, one)
  return double
}

/** As it is by default, but for the pauses between tries. */
const quick = { retryOptions: { retryDelayInMs: 1, maxRetryDelayInMs: 1 } }

const theirs = ({ theirs: run, token = false }: Work, double: AzureDouble): Promise<unknown> => {
  const client = token ? tokenClient(double.endpoint, writeToken, quick) : keyClient(double.endpoint, quick)
  return run({ client, container: client.getContainerClient("container") }, double)
}

/** An Azure CLI that gives the token which the double takes. */
const cli = Layer.succeed(Ambient, {
  env: () => Effect.succeed(undefined),
  readFile: () => Effect.fail(StorageError.of("not_found", "there is no file")),
  run: () => Effect.succeed(`{"accessToken":"${writeToken}"}`)
})

const ours = Effect.fnUntraced(function* ({ ours: run, options, token = false }: Work, double: AzureDouble) {
  // One block at a time, so that their order says something.
  const settings = settingsOf({ ...optionsFor(double), upload_concurrency: 1, ...options })
  const byToken = { ...settings, identity: { kind: "token", source: { kind: "cli", tenant: "" } } } as const
  const context = yield* Layer.build(Layer.merge(host, cli))
  const used = token ? { ...byToken, account } : settings
  const client = yield* Effect.provide(makeBlobClient(Effect.succeed(used), storePolicy), context)
  return yield* run(storeOf(client, settings), double)
})

/** The vendor's client for Azure and ours, each on a double of its own. */
export const subject: VendorDiffSubject<Work, AzureDouble, Injected> = {
  works,
  failures,
  classes,
  fields,
  start: (work, injected) =>
    Effect.map(
      Effect.acquireRelease(
        Effect.promise(() => startDouble(work, injected)),
        (double) => Effect.promise(() => double.close())
      ),
      (double) => ({ server: double, requests: () => [...double.requests] })
    ),
  theirs: (work, double) => Effect.tryPromise(() => theirs(work, double)),
  ours
}
