/**
 * What happens when the way to the provider fails. Only where the subject comes with a fault proxy.
 */
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as assert from "node:assert/strict"
import { bytesOf, counted, inBlocks, pattern } from "../bodies.ts"
import { atomicWrite } from "../needs.ts"
import { promiseThroughFaults } from "../promise.ts"
import { absent, at, bytesAt, eventually, holds, put, refusal, textAt, within } from "../steps.ts"
import type { Faults, Suite } from "../Suite.ts"

const size = 400_000
const block = 4000
const bytes = pattern(size)
const transient = ["connect_refused", "timeout", "provider_unavailable", "integrity_error", "cancelled"] as const

/** Milliseconds within which a connection must have been seen: generous, since only a failure waits so long. */
const patience = 15_000

const closes = (faults: Faults) =>
  within(
    patience,
    Effect.map(faults.busy, (busy) => assert.equal(busy, 0, "no connection is busy"))
  )

/** Promises about a way that fails. */
export const faults: Suite = {
  name: "faults",
  tests: [
    promiseThroughFaults("a download that is cut is whole in the end, or an error", [], function* (site, faults) {
      const path = at(site, "object")
      yield* site.store.write(path, inBlocks(bytes, block), { size })
      yield* eventually(site, bytesAt(site, path))
      yield* faults.cutDownload(10_000)
      const result = yield* Effect.result(bytesAt(site, path))
      if (result._tag === "Success") assert.ok(Buffer.from(result.success).equals(bytes), "all bytes came")
      else assert.equal((yield* refusal(Effect.fail(result.failure), ...transient)).retryable, true)
      yield* faults.heal
      assert.equal((yield* bytesAt(site, path)).length, size)
    }),
    promiseThroughFaults("an upload that is cut leaves all or nothing", [atomicWrite], function* (site, faults) {
      const path = at(site, "object")
      yield* put(site, path, "before")
      yield* faults.cutUpload(size >> 1)
      const result = yield* Effect.result(site.store.write(path, inBlocks(bytes, block), { size }))
      yield* faults.heal
      if (result._tag === "Failure") yield* holds(site, path, "before")
      else assert.equal((yield* eventually(site, bytesAt(site, path))).length, size)
    }),
    promiseThroughFaults("a refused connection is an error that may pass", [], function* (site, faults) {
      yield* faults.refuse
      const reason = yield* refusal(site.store.stat(at(site, "object")), ...transient)
      assert.equal(reason.retryable, true)
      yield* faults.heal
      yield* absent(site, at(site, "object"))
    }),
    promiseThroughFaults("a stalled provider stops the source of a body", [], function* (site, faults) {
      const most = site.subject.buffer ?? 32 * 1024 * 1024
      const { body, pulled } = counted(64, most / 16)
      yield* faults.stall
      const fiber = yield* Effect.forkChild(Effect.result(site.store.write(at(site, "object"), body)))
      let before = -1
      while (before !== pulled()) {
        before = pulled()
        yield* Effect.sleep(300)
      }
      assert.ok(pulled() <= most, `${pulled()} bytes were pulled, ${most} may be buffered`)
      yield* Fiber.interrupt(fiber)
      yield* closes(faults)
    }),
    promiseThroughFaults("an interruption before the headers closes the connection", [], function* (site, faults) {
      yield* put(site, at(site, "object"), "text")
      yield* faults.stall
      const fiber = yield* Effect.forkChild(textAt(site, at(site, "object")))
      yield* within(
        patience,
        Effect.map(faults.busy, (busy) => assert.ok(busy > 0, "the request is under way"))
      )
      yield* Fiber.interrupt(fiber)
      yield* closes(faults)
    }),
    promiseThroughFaults("a reader that leaves closes the connection", [], function* (site, faults) {
      const path = at(site, "object")
      yield* site.store.write(path, inBlocks(bytes, block), { size })
      yield* eventually(site, bytesAt(site, path))
      yield* Effect.scoped(Effect.asVoid(site.store.read(path)))
      yield* closes(faults)
      yield* put(site, at(site, "other"), "text")
      assert.deepEqual(new Uint8Array(yield* bytesAt(site, at(site, "other"))), bytesOf("text"))
    })
  ]
}
