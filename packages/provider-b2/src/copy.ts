/**
 * Copies at the service, and the modification time, which is file info and so costs a copy of a file onto itself.
 */
import { type ObjectStore, Path } from "@mooring/core"
import { partSizeOf } from "@mooring/core/pieces"
import * as Effect from "effect/Effect"
import type { B2Client } from "./api/B2Client.ts"
import type { NewInfo } from "./api/files.ts"
import { requirePrefix } from "./api/capabilities.ts"
import { copyFile, copyPart, getFileInfo } from "./B2Api.ts"
import { inBucket } from "./bucketIds.ts"
import { automaticType, factsOfVersion, withChecksums, withModified, type FileFacts } from "./info.ts"
import { targetOf } from "./keys.ts"
import { maxParts, withLargeFile, type StoredPart } from "./largeFile.ts"
import { headOf, storedAt } from "./stat.ts"
import { refuseConditions } from "./write.ts"

type Place = { readonly bucketId: string; readonly fileName: string }

const typeOf = ({ contentType }: FileFacts): string => contentType ?? automaticType

/** Copies ranges of the source as parts; what a file has besides its bytes is sent again, as parts have none. */
const copyInParts = Effect.fnUntraced(function* (client: B2Client, source: FileFacts, to: Place, changed: NewInfo) {
  const { copyCutoff, uploadConcurrency, disableChecksum } = yield* client.settings
  const size = source.size ?? 0
  const partSize = partSizeOf(copyCutoff, size, maxParts)
  const starts = Array.from({ length: Math.ceil(size / partSize) }, (_, index) => index * partSize)
  const { sha1, md5 } = source
  const fileInfo = disableChecksum ? changed.fileInfo : withChecksums(changed.fileInfo, { sha1, md5 })
  return yield* withLargeFile(client, to, { ...changed, fileInfo }, (fileId) =>
    Effect.forEach(
      starts,
      (start, index) => {
        const part = { number: index + 1, start, end: Math.min(size, start + partSize) - 1 }
        return Effect.map(client.repeated(copyPart(client, source.fileId, fileId, part)), (partSha1): StoredPart => ({
          number: part.number,
          sha1: partSha1
        }))
      },
      { concurrency: uploadConcurrency }
    )
  )
})

/** All that is stored with a version. A download tells of some file info in headers of its own, and not as such. */
const storedWith = (client: B2Client, fileId: string) =>
  Effect.map(client.repeated(getFileInfo(client, fileId)), factsOfVersion)

/** Copies in one call or in parts: the version that there is then. Without `changed` it has the file info of its source. */
const copyTo = Effect.fnUntraced(function* (
  client: B2Client,
  source: FileFacts,
  to: Place,
  changed?: (facts: FileFacts) => NewInfo
) {
  const { copyCutoff } = yield* client.settings
  if ((source.size ?? 0) > copyCutoff) {
    const facts = yield* storedWith(client, source.fileId)
    const same = { contentType: typeOf(facts), fileInfo: facts.info }
    return yield* copyInParts(client, { ...facts, size: source.size }, to, changed?.(facts) ?? same)
  }
  const info = changed === undefined ? undefined : changed(yield* storedWith(client, source.fileId))
  return yield* client.repeated(copyFile(client, source.fileId, to, info))
})

/** A source is copied by the id of its version, so that it cannot change in between. */
export const copy = (client: B2Client): NonNullable<ObjectStore["copy"]> =>
  Effect.fnUntraced(function* (from, to, { ifMatch, ifNoneMatch } = {}) {
    if (ifNoneMatch !== undefined) yield* refuseConditions({ ifNoneMatch })
    const { bucket, key } = yield* targetOf(yield* client.settings, to)
    yield* requirePrefix(yield* client.authorized, key)
    const source = yield* headOf(client, from, ifMatch)
    if (Path.equals(from, to)) return source.info
    const copied = yield* inBucket(client, bucket, (bucketId) =>
      copyTo(client, source.facts, { bucketId, fileName: key })
    )
    return yield* storedAt(client, to, copied)
  })

/** A copy of a file onto itself, whose other file info stays. It is a new version. */
export const setModified = (client: B2Client): NonNullable<ObjectStore["setModified"]> =>
  Effect.fnUntraced(function* (path, modified) {
    const { target, facts } = yield* headOf(client, path)
    const changed = (all: FileFacts) => ({ contentType: typeOf(all), fileInfo: withModified(all.info, modified) })
    const copied = yield* inBucket(client, target.bucket, (bucketId) =>
      copyTo(client, facts, { bucketId, fileName: target.key }, changed)
    )
    return yield* storedAt(client, path, copied)
  })
