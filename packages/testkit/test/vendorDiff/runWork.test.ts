/** A server that keeps words, a client of its vendor, and clients of ours that are alike or not. */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import { rawServer } from "../../src/faults/index.ts"
import {
  lineOf,
  recordingProxy,
  runWork,
  type Injected,
  type VendorDiffSubject,
  type Work
} from "../../src/vendorDiff/index.ts"

const works: ReadonlyArray<Work> = [{ title: "put of a word", operation: "put" }]
const busy: Injected = { status: 503 }

interface Sent {
  readonly word?: string
  readonly tries?: number
  readonly path?: string
}

/** Puts a word; again while the service is busy. */
const client =
  ({ word = "a", tries = 3, path = "/words" }: Sent = {}) =>
  (_: Work, origin: string) =>
    Effect.tryPromise(async () => {
      for (let left = tries; left > 0; left -= 1) {
        const { status } = await fetch(`${origin}${path}`, { method: "PUT", headers: { "x-word": word }, body: word })
        if (status === 200) return
        if (status !== 503) break
      }
      throw new Error("refused")
    })

const subjectWith = (ours: ReturnType<typeof client>): VendorDiffSubject<Work, string, Injected> => ({
  works,
  failures: { "busy once": [busy] },
  classes: [["header", "host", /^127\.0\.0\.1:\d+$/, "host and port"]],
  fields: ({ body = "" }) => ({ word: body.toString() }),
  start: ({ operation }, injected) =>
    Effect.gen(function* () {
      const server = yield* rawServer((request, response) => {
        response.writeHead(request.url === "/words" ? 200 : 404).end()
      })
      const proxy = yield* recordingProxy({
        target: Number(new URL(server).port),
        operationOf: ({ method }) => method.toLowerCase(),
        failing: { operation, injected }
      })
      return { server: proxy.origin, requests: proxy.requests }
    }),
  theirs: client(),
  ours
})

const differences = (ours: ReturnType<typeof client>, failure?: string) =>
  Effect.map(runWork(subjectWith(ours), works[0]!, failure), (found) => found.map(lineOf))

describe("runWork", () => {
  it.live("finds nothing between clients that do the same, also where the service fails", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* differences(client()), [])
      assert.deepStrictEqual(yield* differences(client(), "busy once"), [])
    })
  )

  it.live("finds what one sends otherwise, does not repeat, or cannot do", () =>
    Effect.gen(function* () {
      assert.deepStrictEqual(yield* differences(client({ word: "b" })), [
        "put: header x-word: theirs a, ours b",
        "put: field word: theirs a, ours b"
      ])
      assert.deepStrictEqual(yield* differences(client({ tries: 1 }), "busy once"), [
        "put of a word: outcome busy once: theirs success, ours failure",
        "put of a word: retries busy once: theirs 2, ours 1"
      ])
      assert.deepStrictEqual(yield* differences(client({ path: "/other" })), [
        "put of a word: outcome: theirs success, ours failure",
        "put: path: theirs /words, ours /other"
      ])
    })
  )

  it.live("dies where nothing was compared: a client that sends nothing, a work that neither can do", () =>
    Effect.gen(function* () {
      const silent = yield* Effect.exit(differences(() => Effect.succeed(undefined) as never))
      assert.isTrue(Exit.isFailure(silent))
      const refused = client({ path: "/other" })
      const both = { ...subjectWith(refused), theirs: refused }
      assert.isTrue(Exit.isFailure(yield* Effect.exit(runWork(both, works[0]!))))
      const failing = client({ tries: 1 })
      const tried = { ...subjectWith(failing), theirs: failing }
      assert.deepStrictEqual(yield* runWork(tried, works[0]!, "busy once"), [])
    })
  )
})
