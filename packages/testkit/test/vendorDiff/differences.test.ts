import { assert, describe, it } from "@effect/vitest"
import { differencesOf, lineOf, verdictOf, type Allowed, type Reading } from "../../src/vendorDiff/index.ts"
import type { SentRequest, Transcript } from "../../src/vendorDiff/index.ts"

const reading: Reading = {
  classes: [
    ["header", "x-amz-date", /^\d{8}T\d{6}Z$/, "a time"],
    ["header", "host", /^127\.0\.0\.1:\d+$/, "host and port"]
  ]
}

const get: SentRequest = {
  operation: "GetObject",
  method: "GET",
  path: "/b/k?x-id=GetObject",
  headers: { host: "127.0.0.1:1", range: "bytes=0-1", "x-amz-date": "20130524T000000Z" }
}
const head: SentRequest = { ...get, operation: "HeadObject", method: "HEAD", path: "/b/k" }

const work = { title: "GetObject of all", operation: "GetObject" }
const sent = (...requests: ReadonlyArray<SentRequest>): Transcript => ({ requests, outcome: "success" })
const between = (theirs: Transcript, ours: Transcript, failure?: string) =>
  differencesOf(reading, work, theirs, ours, failure).map(lineOf)

describe("differencesOf", () => {
  it("sees nothing in what is the same or of the same class", () => {
    const later = { host: "127.0.0.1:2", range: "bytes=0-1", "x-amz-date": "20130525T000000Z" }
    assert.deepStrictEqual(between(sent(get), sent({ ...get, headers: later })), [])
  })

  it("sees a method, path, parameter, header and value", () => {
    const { range: _, ...headers } = get.headers
    const other = {
      ...get,
      method: "POST",
      path: "/b/l?prefix=a",
      headers: { ...headers, "x-amz-date": "today", te: "x" }
    }
    assert.deepStrictEqual(between(sent(get), sent(other)), [
      "GetObject: method: theirs GET, ours POST",
      "GetObject: path: theirs /b/k, ours /b/l",
      "GetObject: parameter x-id: theirs GetObject, ours absent",
      "GetObject: parameter prefix: theirs absent, ours a",
      "GetObject: header range: theirs bytes=0-1, ours absent",
      "GetObject: header x-amz-date: theirs a time, ours today",
      "GetObject: header te: theirs absent, ours x"
    ])
  })

  it("sees an order, a number, retries and an outcome", () => {
    assert.deepStrictEqual(between(sent(get), sent(head, get, head)), [
      "GetObject of all: order: theirs GetObject, ours HeadObject, GetObject, HeadObject"
    ])
    assert.deepStrictEqual(between(sent(get, head), sent(head, get)), [
      "GetObject of all: order: theirs GetObject, HeadObject, ours HeadObject, GetObject"
    ])
    assert.deepStrictEqual(between(sent(get, get), sent(get)), ["GetObject: number: theirs 2, ours 1"])
    assert.deepStrictEqual(between(sent(get, get, get), { requests: [get], outcome: "failure" }, "a reset"), [
      "GetObject of all: outcome a reset: theirs success, ours failure",
      "GetObject of all: retries a reset: theirs 3, ours 1"
    ])
  })

  it("compares the n-th request of an operation with the n-th", () => {
    const second = { ...get, path: "/b/k?x-id=GetObject&partNumber=2" }
    assert.deepStrictEqual(between(sent(get, second), sent(get, get)), [
      "GetObject: parameter partNumber: theirs 2, ours absent"
    ])
  })
})

describe("verdictOf", () => {
  const differences = differencesOf(reading, work, sent(get), sent({ ...get, path: "/b/k" }))
  const entry: Allowed = { ...differences[0]!, reason: "r", source: "s" }

  it("passes where every difference is listed and every entry met", () => {
    assert.deepStrictEqual(verdictOf(differences, [entry]), { unlisted: [], stale: [] })
  })

  it("refuses a difference that is not listed", () => {
    const line = "GetObject: parameter x-id: theirs GetObject, ours absent"
    assert.deepStrictEqual(verdictOf(differences, []), { unlisted: [line], stale: [] })
  })

  it("refuses an entry that nothing meets any more", () => {
    assert.deepStrictEqual(verdictOf([], [entry]).stale, [lineOf(entry)])
  })

  it("takes an entry for nothing but itself: no other operation, name or value", () => {
    for (const change of [{ operation: "HeadObject" }, { aspect: "header" }, { name: "x" }, { ours: "x" }] as const) {
      const { unlisted, stale } = verdictOf(differences, [{ ...entry, ...change }])
      assert.deepStrictEqual([unlisted.length, stale.length], [1, 1], JSON.stringify(change))
    }
  })
})
