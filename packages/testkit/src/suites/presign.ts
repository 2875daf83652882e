/**
 * `presign` and `publicLink`: links that carry their own right, and links that need none.
 */
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as assert from "node:assert/strict"
import { bytesOf } from "../bodies.ts"
import { given, limit, member } from "../needs.ts"
import { promise } from "../promise.ts"
import { absent, at, holds, put, refusal, within } from "../steps.ts"
import type { Site, Suite, SuiteTest } from "../Suite.ts"

const needs = [member("presign")]
const sent = [...needs, given("send")]
const links = [member("publicLink"), given("send")]
const written = [...sent, limit("links", "are to write too", ({ links: methods }) => methods !== "read")]
const send = ({ subject }: Site) => subject.send!

const serves = (title: string, name: string): SuiteTest =>
  promise(`a link to read serves ${title}`, sent, function* (site) {
    yield* put(site, at(site, name), "text")
    const link = yield* site.store.presign!(at(site, name), "GET", 60)
    const answer = yield* send(site)(link)
    assert.deepEqual([answer.status, new TextDecoder().decode(answer.body)], [200, "text"])
  })

/** Promises of `presign`. */
export const presign: Suite = {
  name: "presign",
  tests: [
    serves("the object to a stranger", "object"),
    serves("names of all kinds", "dir/a b+c%2F&=?#é"),
    promise("a link says how and until when", needs, function* (site) {
      const before = yield* Clock.currentTimeMillis
      const link = yield* site.store.presign!(at(site, "object"), "GET", 600)
      assert.equal(link.method, "GET")
      assert.ok(URL.canParse(link.url), "the URL parses")
      assert.ok(Math.abs(link.expires - before - 600_000) < 60_000, "expires in ten minutes")
    }),
    promise("a link to nothing can be made and finds nothing", sent, function* (site) {
      const answer = yield* send(site)(yield* site.store.presign!(at(site, "missing"), "GET", 60))
      assert.ok(answer.status === 404 || answer.status === 403, `${answer.status} is not found`)
      yield* absent(site, at(site, "missing"))
    }),
    promise("a link to write stores an object", written, function* (site) {
      const path = at(site, "dir/object")
      const answer = yield* send(site)(yield* site.store.presign!(path, "PUT", 60), bytesOf("written"))
      assert.ok(answer.status >= 200 && answer.status < 300, `${answer.status} is success`)
      yield* holds(site, path, "written")
    }),
    promise("a link to read does not write", sent, function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "before")
      const link = yield* site.store.presign!(path, "GET", 60)
      const answer = yield* send(site)({ ...link, method: "PUT" }, bytesOf("written"))
      assert.ok(answer.status >= 400, `${answer.status} is a refusal`)
      yield* holds(site, path, "before")
    }),
    promise("a link expires", sent, function* (site) {
      const path = at(site, "object")
      yield* put(site, path, "text")
      const link = yield* site.store.presign!(path, "GET", 1)
      yield* Effect.sleep(1_500)
      yield* within(
        5_000,
        Effect.map(send(site)(link), ({ status }) => assert.ok(status >= 400, `${status} is a refusal`))
      )
    }),
    promise("a public link serves the object, or is refused where it is not public", links, function* (site) {
      yield* put(site, at(site, "object"), "text")
      const link = yield* Effect.result(site.store.publicLink!(at(site, "object")))
      if (link._tag === "Failure") return assert.equal(link.failure.reason._tag, "permission_denied")
      const answer = yield* send(site)({ method: "GET", url: link.success, headers: {}, expires: Infinity })
      assert.deepEqual([answer.status, new TextDecoder().decode(answer.body)], [200, "text"])
    }),
    promise("a public link of nothing is refused", links, function* (site) {
      yield* refusal(site.store.publicLink!(at(site, "nothing")), "not_found", "permission_denied")
    })
  ]
}
