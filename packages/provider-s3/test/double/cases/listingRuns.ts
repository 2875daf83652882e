/** Both versions of ListObjects as the vendor's client runs it. */
import * as S3 from "@aws-sdk/client-s3"
import { assert } from "@effect/vitest"
import { bucket, type Fixture } from "./fixture.ts"

export const fill = async ({ client }: Fixture, keys: ReadonlyArray<string>) => {
  for (const Key of keys) await client.send(new S3.PutObjectCommand({ Bucket: bucket, Key, Body: Key }))
}

export const list = ({ client }: Fixture, further: Partial<S3.ListObjectsV2CommandInput>) =>
  client.send(new S3.ListObjectsV2Command({ Bucket: bucket, ...further }))

const listFirst = ({ client }: Fixture, further: Partial<S3.ListObjectsCommandInput>) =>
  client.send(new S3.ListObjectsCommand({ Bucket: bucket, ...further }))

type Listed = S3.ListObjectsCommandOutput | S3.ListObjectsV2CommandOutput

export const keysOf = ({ Contents = [] }: Listed) => Contents.map(({ Key }) => Key)
const prefixesOf = ({ CommonPrefixes = [] }: Listed) => CommonPrefixes.map((one) => one.Prefix)

/** Listings, the cases of which share how they fill a bucket and read a page. */
export const listingRuns = {
  listObjects: async (fixture: Fixture) => {
    await fill(fixture, ["p\u{1f600}", "p\uff5e", "pa", "q"])
    assert.deepStrictEqual(keysOf(await list(fixture, { Prefix: "p" })), ["pa", "p\uff5e", "p\u{1f600}"])
  },
  listPages: async (fixture: Fixture) => {
    await fill(fixture, ["a/1", "a/2", "b", "c/1"])
    const seen: Array<unknown> = []
    let page = await list(fixture, { Delimiter: "/", MaxKeys: 1 })
    for (
      ;
      ;
      page = await list(fixture, { Delimiter: "/", MaxKeys: 1, ContinuationToken: page.NextContinuationToken })
    ) {
      assert.strictEqual(page.KeyCount, 1)
      seen.push(...keysOf(page), ...prefixesOf(page))
      if (page.IsTruncated !== true) break
    }
    assert.deepStrictEqual(seen, ["a/", "b", "c/", "stored"])
    assert.isUndefined(page.NextContinuationToken)
  },
  listDelimiter: async (fixture: Fixture) => {
    await fill(fixture, ["d/a/1", "d/a/2", "d/b", "e"])
    const page = await list(fixture, { Prefix: "d/", Delimiter: "/" })
    assert.deepStrictEqual([keysOf(page), prefixesOf(page), page.KeyCount], [["d/b"], ["d/a/"], 2])
  },
  listStartAfter: async (fixture: Fixture) => {
    await fill(fixture, ["a", "b"])
    assert.deepStrictEqual(keysOf(await list(fixture, { StartAfter: "a" })), ["b", "stored"])
  },
  listUrlEncoding: async (fixture: Fixture) => {
    await fill(fixture, ["test/file (3)+.png"])
    assert.deepStrictEqual(keysOf(await list(fixture, { Prefix: "test", EncodingType: "url" })), [
      "test/file+%283%29%2B.png"
    ])
  },
  listVersionOne: async (fixture: Fixture) => {
    await fill(fixture, ["p\u{1f600}", "p\uff5e", "pa", "q"])
    const page = await listFirst(fixture, { Prefix: "p" })
    assert.deepStrictEqual(keysOf(page), ["pa", "p\uff5e", "p\u{1f600}"])
    assert.isTrue(page.Contents?.every(({ Owner }) => Owner?.ID === "double"))
  },
  listMarkers: async (fixture: Fixture) => {
    await fill(fixture, ["a/1", "a/2", "b", "c/1"])
    const seen: Array<unknown> = []
    let page = await listFirst(fixture, { Delimiter: "/", MaxKeys: 1 })
    for (; ; page = await listFirst(fixture, { Delimiter: "/", MaxKeys: 1, Marker: page.NextMarker })) {
      seen.push(...keysOf(page), ...prefixesOf(page))
      if (page.IsTruncated !== true) break
    }
    assert.deepStrictEqual(seen, ["a/", "b", "c/", "stored"])
    assert.isUndefined(page.NextMarker)
  },
  listMarkersBare: async (fixture: Fixture) => {
    await fill(fixture, ["a/1", "a/2"])
    const first = await listFirst(fixture, { MaxKeys: 1 })
    assert.deepStrictEqual([keysOf(first), first.IsTruncated, first.NextMarker], [["a/1"], true, undefined])
    const rest = await listFirst(fixture, { Marker: "a/1" })
    assert.deepStrictEqual([keysOf(rest), rest.IsTruncated], [["a/2", "stored"], false])
  },
  listMarkerEncoding: async (fixture: Fixture) => {
    await fill(fixture, ["a b", "c+d/e"])
    const page = await listFirst(fixture, { Delimiter: "/", MaxKeys: 2, EncodingType: "url" })
    assert.deepStrictEqual([keysOf(page), prefixesOf(page), page.NextMarker], [["a+b"], ["c%2Bd/"], "c%2Bd/"])
  }
}
