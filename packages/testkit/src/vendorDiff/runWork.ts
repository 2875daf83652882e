/**
 * Does a work with both clients, each on a server of its own in the same state.
 */
import * as Effect from "effect/Effect"
import * as Exit from "effect/Exit"
import * as assert from "node:assert/strict"
import { differencesOf, type Difference, type Work } from "./differences.ts"
import type { Transcript } from "./Transcript.ts"
import type { VendorDiffSubject } from "./VendorDiffSubject.ts"

/**
 * All that differs between the two when they do a work, while the service fails in this way if one is named. A work in
 * which a client sends nothing, or that neither can do where nothing fails, would compare nothing: it is a defect.
 */
export const runWork = Effect.fnUntraced(function* <W extends Work, Server, Failure>(
  subject: VendorDiffSubject<W, Server, Failure>,
  work: W,
  failure?: string
): Effect.fn.Return<ReadonlyArray<Difference>> {
  const named = `${work.title}${failure === undefined ? "" : `, with ${failure}`}`
  const transcriptBy = Effect.fnUntraced(function* (client: typeof subject.ours) {
    const { server, requests } = yield* subject.start(work, subject.failures[failure ?? ""] ?? [])
    const exit = yield* Effect.exit(Effect.scoped(client(work, server)))
    const transcript: Transcript = { requests: requests(), outcome: Exit.isSuccess(exit) ? "success" : "failure" }
    assert.notEqual(transcript.requests.length, 0, `${named}: a client sent nothing`)
    return transcript
  }, Effect.scoped)
  // One after the other, since both may have the same real server.
  const theirs = yield* transcriptBy(subject.theirs)
  const ours = yield* transcriptBy(subject.ours)
  const possible = failure !== undefined || theirs.outcome === "success" || ours.outcome === "success"
  assert.ok(possible, `${named}: neither client can do it`)
  return differencesOf(subject, work, theirs, ours, failure)
})
