/**
 * What an object has besides its bytes: from resources of the API to what is shown, and back.
 */
import { StorageError, type ObjectInfo, type Path, type WriteOptions } from "@mooring/core"
import { requireHex } from "@mooring/core/checksums/announcedMd5"
import * as Effect from "effect/Effect"
import type { GoogleCloudStorageSettings } from "./GoogleCloudStorageSettings.ts"
import { formatSeconds, formatTime, parseSeconds, parseTime } from "./times.ts"
import type { ObjectResource } from "./wire.ts"

/** Where rclone and gsutil keep the modification time. */
const mtime = "mtime"
const seconds = "goog-reserved-file-mtime"

/** Digits of a number of 64 bits, whichever way it came; undefined if it is none. */
const digitsOf = (value: string | number | null | undefined): string | undefined =>
  /^\d{1,19}$/.test(String(value)) ? String(value) : undefined

/** The generation of an object: names one state of its bytes. */
export const generationOf = ({ generation }: ObjectResource): string | undefined => digitsOf(generation)

/** Bytes of an object as it is stored. */
export const storedSize = ({ size }: ObjectResource): number | undefined => {
  const digits = digitsOf(size)
  return digits === undefined ? undefined : Number(digits)
}

/** A digest in base64 as lower-case hex; undefined if it has not so many bytes. */
const hexOf = (base64: string | null | undefined, length: number): string | undefined => {
  const bytes = Buffer.from(base64 ?? "", "base64")
  return bytes.byteLength === length ? bytes.toString("hex") : undefined
}

/** Digests of an object as it is stored. One that was composed of others has no MD5. */
export const checksumsOf = ({ md5Hash, crc32c }: ObjectResource) => {
  const [md5, crc] = [hexOf(md5Hash, 16), hexOf(crc32c, 4)]
  return { ...(md5 !== undefined && { md5 }), ...(crc !== undefined && { crc32c: crc }) }
}

/** Whether reading gives other bytes than are stored. */
export const isDecompressed = (
  { decompress }: Pick<GoogleCloudStorageSettings, "decompress">,
  { contentEncoding }: ObjectResource
): boolean => decompress && /^(x-)?gzip$/i.test(contentEncoding ?? "")

/** Names of metadata in lower case to their values. */
const metadataOf = ({ metadata }: ObjectResource): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(metadata ?? {}).map(([name, value]) => [name.toLowerCase(), value]))

/** An object from its resource. Of one that is decompressed neither size nor digests are known before it is read. */
export const objectInfoOf = (
  path: Path,
  resource: ObjectResource,
  settings: Pick<GoogleCloudStorageSettings, "decompress">
): ObjectInfo => {
  const { [mtime]: precise, [seconds]: rough, ...metadata } = metadataOf(resource)
  const modified = parseTime(precise) ?? parseSeconds(rough) ?? parseTime(resource.updated)
  const generation = generationOf(resource)
  const size = storedSize(resource)
  const checksums = checksumsOf(resource)
  const known = !isDecompressed(settings, resource)
  return {
    kind: "object",
    path,
    metadata,
    ...(known && size !== undefined && { size }),
    ...(known && Object.keys(checksums).length > 0 && { checksums }),
    ...(modified !== undefined && { modified }),
    ...(generation !== undefined && { validator: generation }),
    ...(resource.contentType != null && { contentType: resource.contentType }),
    ...(resource.storageClass != null && { tier: resource.storageClass })
  }
}

/** What of an object is written: part of an object resource. */
export interface NewResource {
  readonly contentType?: string
  readonly contentEncoding?: string
  readonly contentDisposition?: string
  readonly contentLanguage?: string
  readonly cacheControl?: string
  readonly customTime?: string
  readonly storageClass?: string
  readonly metadata?: Readonly<Record<string, string>>
  /** Base64; the service refuses other bytes. */
  readonly md5Hash?: string
  readonly crc32c?: string
}

/** The metadata in which a modification time is kept, in milliseconds since 1970. */
export const modifiedMetadata = (modified: number): Readonly<Record<string, string>> => ({
  [mtime]: formatTime(modified),
  [seconds]: formatSeconds(modified)
})

const invalid = (detail: string) => StorageError.of("invalid_value", detail)

/** Times that have four digits of a year: from 0000 to 9999, in milliseconds since 1970. */
const isWritable = (modified: number): boolean => modified >= -62_167_219_200_000 && modified <= 253_402_300_799_999

/** Fails with `invalid_value` for a time that the metadata cannot hold. */
export const requireWritable = (modified: number): Effect.Effect<void, StorageError> =>
  isWritable(modified) ? Effect.void : Effect.fail(invalid("the modification time is not in the years 0 to 9999"))

const printable = /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/
const token = /^[a-z0-9!#$%&'*+.^_`|~-]+$/

/** The resource of what `write` was given. Names of metadata become lower case. */
export const newResourceOf = Effect.fnUntraced(function* (
  { storageClass }: Pick<GoogleCloudStorageSettings, "storageClass">,
  { modified, contentType, metadata = {}, md5 }: WriteOptions
) {
  if (contentType !== undefined && !printable.test(contentType)) {
    return yield* invalid("the content type is not printable ASCII")
  }
  const named = Object.fromEntries(Object.entries(metadata).map(([name, value]) => [name.toLowerCase(), value]))
  for (const [name, value] of Object.entries(named)) {
    if (!token.test(name)) return yield* invalid("a name of the metadata is not one of a header")
    if (name === mtime || name.startsWith("goog-reserved-")) {
      return yield* invalid("a name of the metadata means something else to Cloud Storage")
    }
    if (!value.isWellFormed()) return yield* invalid("a value of the metadata is not well-formed Unicode")
  }
  if (modified !== undefined) yield* requireWritable(modified)
  yield* requireHex(md5)
  const kept = { ...named, ...(modified !== undefined && modifiedMetadata(modified)) }
  return {
    ...(Object.keys(kept).length > 0 && { metadata: kept }),
    ...(contentType !== undefined && { contentType }),
    ...(storageClass !== undefined && { storageClass }),
    ...(md5 !== undefined && { md5Hash: Buffer.from(md5, "hex").toString("base64") })
  } satisfies NewResource
})

const kept = [
  "contentType",
  "contentEncoding",
  "contentDisposition",
  "contentLanguage",
  "cacheControl",
  "customTime",
  "storageClass",
  "metadata"
] as const

/** All that a copy of an object has besides its bytes: where a copy is given anything, the rest would be lost. */
export const keptResource = (resource: ObjectResource): NewResource =>
  Object.fromEntries(kept.flatMap((name) => (resource[name] == null ? [] : [[name, resource[name]]])))
