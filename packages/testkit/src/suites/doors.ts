/**
 * Nothing is opened by other means than the doors that a provider is given: Transport for the network, Ambient for the
 * files and programs of the host. What a store opens since it is what it stores in, the subject says in `opens`.
 */
import type { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import * as assert from "node:assert/strict"
import { openedBy } from "../doors/watch.ts"
import { lowered } from "../lowered.ts"
import { given } from "../needs.ts"
import { promise } from "../promise.ts"
import { at, entriesOf, holds, objectAt, put } from "../steps.ts"
import type { Site, Suite, Subject } from "../Suite.ts"

/** The steps open nothing but what the subject says that it opens by itself. */
const opensNothing = Effect.fnUntraced(function* (
  { opens = [] }: Subject,
  steps: Effect.Effect<unknown, StorageError, Scope.Scope>
): Effect.fn.Return<void, StorageError> {
  // Whether the steps succeed is what other suites ask.
  const openings = yield* openedBy(Effect.exit(Effect.scoped(steps)))
  const others = openings.filter(({ kind }) => !opens.includes(kind))
  const said = others.map(({ kind, call, opener = "code of Node" }) => `a ${kind} by ${call} in ${opener}`)
  assert.deepEqual([...new Set(said)], [], "opened by other means than Transport and Ambient")
})

/** A store that is opened by the steps themselves, since a provider may open things with it. */
const openedAnew = ({ subject, limits, partSize }: Site): Effect.Effect<Site, StorageError, Scope.Scope> =>
  Effect.map(subject.open, ({ store, place }) => ({
    store: lowered(store, subject.overrides),
    place,
    subject,
    limits,
    partSize
  }))

const inside = (title: string, steps: (site: Site) => Effect.Effect<unknown, StorageError, Scope.Scope>) =>
  promise(title, [], function* (site) {
    yield* opensNothing(site.subject, Effect.flatMap(openedAnew(site), steps))
  })

/** Promises of every operation. */
export const doors: Suite = {
  name: "doors",
  tests: [
    inside("opening and check use no other", ({ store }) => store.check),
    inside("writing and reading use no other", (site) =>
      Effect.andThen(put(site, at(site, "object"), "text"), holds(site, at(site, "object"), "text"))
    ),
    inside("listing, stat and removing use no other", (site) =>
      Effect.gen(function* () {
        const path = at(site, "object")
        yield* put(site, path, "text")
        yield* objectAt(site, path)
        yield* entriesOf(site, site.place, { recursive: true })
        yield* site.store.remove(path)
      })
    ),
    promise("a connection test uses no other", [given("testConnection")], function* ({ subject, place }) {
      yield* opensNothing(subject, subject.testConnection!({ at: place, write: true }))
    })
  ]
}
