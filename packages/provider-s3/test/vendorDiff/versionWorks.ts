/**
 * Works on a bucket that keeps versions.
 */
import * as S3 from "@aws-sdk/client-s3"
import { versionName } from "@mooring/core/versionNames"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { bucket, stored } from "../double/cases/fixture.ts"
import { at, inBucket, oldTime, path, storedPath, type Work } from "./Work.ts"

const old = { ...stored, VersionId: "null" }
const oldPath = [bucket, versionName(stored.Key, oldTime)]
const named = { oldVersions: "listed" } as const

/** One version per page, which ends with a name: only the keys that begin with the key are asked for. */
const versionsOfKey = { ...inBucket, Prefix: stored.Key, MaxKeys: 1, EncodingType: "url" as const }

export const versionWorks: ReadonlyArray<Work> = (
  [
    {
      title: "ListObjectVersions in pages",
      operation: "ListObjectVersions",
      theirs: async (client) => {
        const { NextKeyMarker, NextVersionIdMarker } = await client.send(
          new S3.ListObjectVersionsCommand(versionsOfKey)
        )
        const next = { KeyMarker: NextKeyMarker, VersionIdMarker: NextVersionIdMarker }
        await client.send(new S3.ListObjectVersionsCommand({ ...versionsOfKey, ...next }))
      },
      ours: Effect.fnUntraced(function* (store) {
        const { cursor } = yield* store.versions!(storedPath)
        yield* store.versions!(storedPath, { ...(cursor !== undefined && { cursor }) })
      }),
      settings: { listChunk: 1 }
    },
    {
      title: "GetObject of a version",
      operation: "GetObject",
      theirs: async (client) => (await client.send(new S3.GetObjectCommand(old))).Body?.transformToString(),
      ours: (store) => Effect.flatMap(store.read(storedPath, { version: "null" }), ({ body }) => Stream.runDrain(body))
    },
    {
      title: "HeadObject of a version",
      operation: "HeadObject",
      theirs: (client) => client.send(new S3.HeadObjectCommand(old)),
      ours: (store) => store.stat(oldPath),
      settings: named
    },
    {
      title: "DeleteObject of a version",
      operation: "DeleteObject",
      theirs: (client) => client.send(new S3.DeleteObjectCommand(old)),
      ours: (store) => store.removeVersion!(storedPath, "null")
    },
    {
      title: "CopyObject of a version",
      operation: "CopyObject",
      theirs: (client) =>
        client.send(new S3.CopyObjectCommand({ ...at, CopySource: `${bucket}/stored?versionId=null` })),
      ours: (store) => store.copy!(oldPath, path),
      settings: named
    }
  ] satisfies ReadonlyArray<Work>
).map((work): Work => ({ ...work, versioned: true }))
