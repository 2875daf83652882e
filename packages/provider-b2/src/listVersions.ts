/**
 * Listings that know of versions: with the old ones beside the current, or as everything was at one time.
 */
import { StorageError } from "@mooring/core"
import { versionName } from "@mooring/core/versionNames"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import type { B2Client } from "./api/B2Client.ts"
import type { ListRequest } from "./api/files.ts"
import { listFileVersions } from "./B2Api.ts"
import type { Shown } from "./list.ts"
import type { FileVersion } from "./wire.ts"

/** Where the next page begins, and the name of which the pages before have shown the newest version. */
const Cursor = Schema.fromJsonString(
  Schema.Struct({ name: Schema.String, id: Schema.optionalKey(Schema.String), seen: Schema.optionalKey(Schema.String) })
)
const foreign = StorageError.of("invalid_value", "this cursor is not from a listing of these")

type Versions = ReadonlyArray<FileVersion>

/** Large files that are not finished are no versions. */
const isStored = ({ action }: FileVersion): boolean => action !== "start"

/** The newest version under its own name, the others under names with their time. Hiding a name is no version. */
const withOld = (files: Versions, before: string | undefined): Shown["files"] => {
  let seen = before
  return files.flatMap((file) => {
    if (file.action === "folder") return [file]
    const old = file.fileName === seen
    seen = file.fileName
    if (file.action === "hide") return []
    const time = file.uploadTimestamp ?? 0
    return [old ? { ...file, rename: (name: string) => versionName(name, time) } : file]
  })
}

/** The newest version of each name that is not newer than the time, unless it hides the name. */
const asOf = (files: Versions, time: number, before: string | undefined): Shown["files"] => {
  let decided = before
  return files.flatMap((file) => {
    if (file.action === "folder") return [file]
    if (file.fileName === decided || (file.uploadTimestamp ?? Infinity) > time) return []
    decided = file.fileName
    return file.action === "hide" ? [] : [file]
  })
}

/** The name that the next page has to know of: the last one that was decided, of which there may be more. */
const seenIn = (files: Versions, time: number | undefined, before: string | undefined): string | undefined =>
  files.findLast(
    ({ action, uploadTimestamp }) => action !== "folder" && (uploadTimestamp ?? Infinity) <= (time ?? Infinity)
  )?.fileName ?? before

/** One page below a prefix. */
export const versionPage = Effect.fnUntraced(function* (
  client: B2Client,
  bucketId: string,
  request: ListRequest,
  cursor: string | undefined
) {
  const { versionAt } = yield* client.settings
  const after =
    cursor === undefined ? undefined : yield* Effect.mapError(Schema.decodeUnknownEffect(Cursor)(cursor), () => foreign)
  const asked = { ...request, startFileName: after?.name, startFileId: after?.id }
  const page = yield* client.repeated(listFileVersions(client, bucketId, asked))
  const files = page.files.filter(isStored)
  const seen = seenIn(files, versionAt, after?.seen)
  const next = page.nextFileName == null ? undefined : { name: page.nextFileName, id: page.nextFileId ?? undefined }
  const { name, id } = next ?? {}
  return {
    files: versionAt === undefined ? withOld(files, after?.seen) : asOf(files, versionAt, after?.seen),
    ...(name !== undefined && {
      cursor: Schema.encodeSync(Cursor)({
        name,
        ...(id !== undefined && { id }),
        ...(seen !== undefined && { seen })
      })
    })
  } satisfies Shown
})
