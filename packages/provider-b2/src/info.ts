/**
 * What a file has besides its bytes, and what an object is from it.
 *
 * The modification time is in the file info `src_last_modified_millis`, and the SHA-1 of a file in parts in
 * `large_file_sha1`: where B2 asks for them and rclone puts them, so that people move between the two. An MD5 that was
 * known of a file in parts is beside it in `large_file_md5`.
 */
import { StorageError, type ObjectInfo, type Path, type WriteOptions } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import { unescapeName } from "./api/names.ts"
import type { FileVersion } from "./wire.ts"

const modifiedName = "src_last_modified_millis"
const sha1Name = "large_file_sha1"
const md5Name = "large_file_md5"
const reserved: ReadonlyArray<string> = [modifiedName, sha1Name, md5Name]

/** The type by which B2 is asked to choose one from the name. */
export const automaticType = "b2/x-auto"

/** The most entries of file info, ours included: https://www.backblaze.com/docs/cloud-storage-file-information */
const maxEntries = 10

/** What is known of a version, whichever answer it is from. */
export interface FileFacts {
  readonly fileId: string
  readonly size: number | undefined
  /** Lower-case hex, verified by the service or not. */
  readonly sha1: string | undefined
  readonly md5: string | undefined
  readonly contentType: string | undefined
  /** Milliseconds since 1970. */
  readonly uploaded: number | undefined
  readonly info: Readonly<Record<string, string>>
}

const hexOf = (text: string | null | undefined, digits: number): string | undefined => {
  const hex = (text ?? "").replace(/^unverified:/, "").toLowerCase()
  return hex.length === digits && /^[0-9a-f]+$/.test(hex) ? hex : undefined
}

const factsWith = ({
  sha1,
  md5,
  ...rest
}: Omit<FileFacts, "sha1" | "md5"> & {
  sha1?: string | null | undefined
  md5?: string | null | undefined
}): FileFacts => ({
  ...rest,
  sha1: hexOf(sha1, 40) ?? hexOf(rest.info[sha1Name], 40),
  md5: hexOf(md5, 32) ?? hexOf(rest.info[md5Name], 32)
})

/** The facts of a document. */
export const factsOfVersion = (version: FileVersion): FileFacts =>
  factsWith({
    fileId: version.fileId ?? "",
    size: version.contentLength ?? undefined,
    sha1: version.contentSha1,
    md5: version.contentMd5,
    contentType: version.contentType ?? undefined,
    uploaded: version.uploadTimestamp ?? undefined,
    info: Object.fromEntries(Object.entries(version.fileInfo ?? {}).map(([name, value]) => [name.toLowerCase(), value]))
  })

const numberOf = (text: string | undefined): number | undefined =>
  /^\d{1,16}$/.test(text ?? "") ? Number(text) : undefined

/** `bytes 0-9/100` to its numbers; undefined if it is not of this form. */
export const contentRangeOf = (headers: Headers) => {
  const match = /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers["content-range"] ?? "")
  return match === null ? undefined : { start: Number(match[1]), end: Number(match[2]), size: Number(match[3]) }
}

const infoPrefix = "x-bz-info-"

/** The facts in the headers of a download. */
export const factsOfHeaders = (headers: Headers): FileFacts =>
  factsWith({
    fileId: headers["x-bz-file-id"] ?? "",
    size: contentRangeOf(headers)?.size ?? numberOf(headers["content-length"]),
    sha1: headers["x-bz-content-sha1"],
    contentType: headers["content-type"],
    uploaded: numberOf(headers["x-bz-upload-timestamp"]),
    info: Object.fromEntries(
      Object.entries(headers)
        .filter(([name]) => name.startsWith(infoPrefix))
        .map(([name, value]) => [name.slice(infoPrefix.length), unescapeName(value)])
    )
  })

/** The name that the headers of a download say. */
export const nameOfHeaders = (headers: Headers): string => unescapeName(headers["x-bz-file-name"] ?? "")

/** Milliseconds of a stored modification time; undefined if it is none. */
export const parseModified = (text: string | undefined): number | undefined =>
  /^-?\d{1,16}$/.test(text?.trim() ?? "") ? Number(text) : undefined

/** An object from what is known of it. */
export const objectInfoOf = (
  path: Path,
  { fileId, size, sha1, md5, contentType, uploaded, info }: FileFacts
): ObjectInfo => {
  const modified = parseModified(info[modifiedName]) ?? uploaded
  const metadata = Object.entries(info).filter(([name]) => !reserved.includes(name) && !name.startsWith("b2-"))
  return {
    kind: "object",
    path,
    metadata: Object.fromEntries(metadata),
    ...(size !== undefined && { size }),
    ...(modified !== undefined && { modified }),
    ...(fileId !== "" && { validator: fileId }),
    ...(contentType !== undefined && { contentType }),
    ...((sha1 ?? md5) !== undefined && {
      checksums: { ...(sha1 !== undefined && { sha1 }), ...(md5 !== undefined && { md5 }) }
    })
  }
}

const refuse = (detail: string) => StorageError.of("invalid_value", detail)

/**
 * The file info in which an object keeps what `write` was given. Names of metadata become lower case. Fails with
 * `invalid_value` for what B2 does not keep.
 */
export const storedInfo = Effect.fnUntraced(function* ({ modified, metadata = {} }: WriteOptions) {
  const info: Record<string, string> = {}
  for (const [given, value] of Object.entries(metadata)) {
    const name = given.toLowerCase()
    if (!/^[a-z0-9!#$%&'*+.^_`|~-]{1,50}$/.test(name)) {
      return yield* refuse("a name of the metadata is not one that B2 can keep as it is")
    }
    if (reserved.includes(name) || name.startsWith("b2-")) {
      return yield* refuse("a name of the metadata means something else to B2")
    }
    if (!value.isWellFormed()) return yield* refuse("a value of the metadata is not well-formed Unicode")
    info[name] = value
  }
  if (modified !== undefined) info[modifiedName] = String(Math.floor(modified))
  if (Object.keys(info).length > maxEntries) {
    return yield* refuse(`B2 keeps at most ${maxEntries} entries with an object, of which the time is one`)
  }
  return info as Readonly<Record<string, string>>
})

const printable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/

/** The type that is sent for what `write` was given. */
export const storedType = ({ contentType }: WriteOptions): Effect.Effect<string, StorageError> =>
  contentType === undefined || printable.test(contentType)
    ? Effect.succeed(contentType ?? automaticType)
    : Effect.fail(refuse("the content type is not printable ASCII"))

/** The same file info with another modification time. */
export const withModified = (info: FileFacts["info"], modified: number): FileFacts["info"] => ({
  ...info,
  [modifiedName]: String(Math.floor(modified))
})

/** The same file info with what is known of the bytes of a file in parts, as far as there is place. */
export const withChecksums = (
  info: FileFacts["info"],
  { sha1, md5 }: { readonly sha1?: string | undefined; readonly md5?: string | undefined }
): FileFacts["info"] => {
  const known = [...(sha1 === undefined ? [] : [[sha1Name, sha1]]), ...(md5 === undefined ? [] : [[md5Name, md5]])]
  const all = { ...info, ...Object.fromEntries(known) }
  return Object.keys(all).length > maxEntries ? info : all
}
