/** Requests of version 2 that are taken, signed by hand. */
import { assert } from "@effect/vitest"
import type { S3DoubleOptions } from "../index.ts"
import { basesV2, gettingV2, now, temporaryLink } from "./basesV2.ts"
import { storedBody, type Fixture } from "./fixture.ts"
import { send, type WireRequest } from "./wire.ts"
import { signV2 } from "./wireV2.ts"

/** A double that takes version 2. */
export const takingV2: S3DoubleOptions = { signatureVersion2: true }

const reads = async ({ double }: Fixture, request: WireRequest) =>
  assert.strictEqual((await send(double.port, request)).body, storedBody)

const lists = async ({ double, host }: Fixture, path: string, resource: string, text: string) =>
  assert.include((await send(double.port, gettingV2(host, path, resource))).body, text)

export const admissionsV2 = {
  version2: async (fixture: Fixture) => {
    const { status } = await send(fixture.double.port, await basesV2.version2(fixture))
    assert.strictEqual(status, 200)
    const { metadata } = fixture.double.buckets.get("bucket")!.objects.get("a b+c")!
    assert.deepStrictEqual(metadata, { a: "1", "a-b": "blue", ab: "2" })
  },
  version2AmzDate: async (fixture: Fixture) => {
    const [date, amzDate] = ["Tue, 27 Mar 2007 21:20:27 +0000", now()]
    const lines = ["GET", "", "", "", `x-amz-date:${amzDate}`, "/bucket/stored"]
    const headers = { date, "x-amz-date": amzDate }
    await reads(fixture, signV2({ method: "GET", host: fixture.host, path: "/bucket/stored", headers, lines }))
  },
  version2Subresource: async (fixture: Fixture) => {
    await lists(fixture, "/bucket?prefix=a&uploads=", "/bucket?uploads", "ListMultipartUploadsResult")
    await lists(fixture, "/bucket/?location", "/bucket/?location", "LocationConstraint")
  },
  version2OpenQuery: (fixture: Fixture) =>
    lists(fixture, "/bucket?list-type=2&prefix=s", "/bucket", "<Key>stored</Key>"),
  version2Host: async (fixture: Fixture) => reads(fixture, await basesV2.version2Host(fixture)),
  version2Token: async (fixture: Fixture) => reads(fixture, await basesV2.version2Temporary(fixture)),
  version2Link: async (fixture: Fixture) => {
    const answer = await send(fixture.double.port, await basesV2.version2Link(fixture))
    assert.strictEqual(answer.body, storedBody)
    assert.include(answer.head, "text/a b")
  },
  version2LinkToken: (fixture: Fixture) => reads(fixture, temporaryLink(fixture))
}
