/**
 * How many segments at once: `MOORING_SETUP=$(../../setups/swift/tempauth/up DIR) pnpm bench` prints the seconds that 64 MiB
 * take, by delay, size of the segments and how many are on their way, each the median of three
 * (docs/decisions/0008-segments-at-once.md).
 */
import { makeBodyReader } from "@mooring/core/BodyReader"
import { sendPieces } from "@mooring/core/pieces"
import { inBlocks, pattern } from "@mooring/testkit"
import { makeFaultProxy } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import { putBytes } from "../src/pieces.ts"
import { newContainer, openClient } from "../test/openClient.ts"

const { config, storage_url: storageUrl } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const mebibyte = 1024 * 1024
const bytes = pattern(64 * mebibyte)

const program = Effect.gen(function* () {
  const { hostname, port, pathname } = new URL(storageUrl)
  const proxy = yield* makeFaultProxy({ host: hostname, port: Number(port) })
  const address = `http://${proxy.host}:${proxy.port}${pathname}`
  const { client, store } = yield* openClient({ ...config, storage_url: address })
  const container = yield* newContainer(store)

  const secondsOf = Effect.fnUntraced(function* (partSize: number, concurrency: number) {
    const reader = yield* makeBodyReader(inBlocks(bytes, 65_536), bytes.byteLength)
    const started = performance.now()
    yield* sendPieces(client.budget, reader, { partSize, concurrency, maxParts: 1000 }, undefined, (number, piece) =>
      putBytes(client, { container, key: String(number) }, piece, {})
    )
    return (performance.now() - started) / 1000
  }, Effect.scoped)

  for (const delay of [0, 50]) {
    if (delay > 0) yield* proxy.set({ kind: "latency", delay })
    for (const size of [1, 5, 8]) {
      const line: Array<string> = []
      for (const concurrency of [1, 2, 4, 8, 16]) {
        const runs = yield* Effect.replicateEffect(secondsOf(size * mebibyte, concurrency), 3)
        const [, median = 0] = runs.toSorted((left, right) => left - right)
        line.push(`${concurrency}: ${median.toFixed(2)}`)
      }
      process.stdout.write(`${delay} ms, ${size} MiB: ${line.join("  ")}\n`)
    }
  }
})

await Effect.runPromise(Effect.scoped(program))
