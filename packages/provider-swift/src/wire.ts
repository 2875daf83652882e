/**
 * The JSON of Swift's answers (https://docs.openstack.org/api-ref/object-store/).
 */
import { collectBytes, type HttpResponse } from "@mooring/core/Transport"
import type { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Schema from "effect/Schema"
import { notAStore } from "./errors.ts"
import type { Target } from "./keys.ts"

/** A page of 1,000 names of 1,024 bytes, each byte six characters, is less. */
const maxAnswer = 64 * 1024 * 1024

const decodedText = <A>(schema: Schema.Codec<A, string>, bytes: Uint8Array): Effect.Effect<A, StorageError> =>
  Effect.mapError(Effect.fromResult(Schema.decodeUnknownResult(schema)(new TextDecoder().decode(bytes))), () =>
    notAStore()
  )

const isEmpty = ({ status, headers }: HttpResponse): boolean =>
  status === 204 || (headers["content-length"] === "0" && headers["x-trans-id"] !== undefined)

const decoded = <A>(schema: Schema.Codec<A, string>, response: HttpResponse): Effect.Effect<A, StorageError> =>
  Effect.flatMap(collectBytes(response.body, maxAnswer), (bytes) =>
    // An empty page is 204 without a body where the answer would be plain text; Ceph's manifests have no body.
    decodedText(schema, bytes.byteLength === 0 && isEmpty(response) ? Buffer.from("[]") : bytes)
  )

const text = Schema.optionalKey(Schema.NullOr(Schema.String))

const Containers = Schema.fromJsonString(Schema.Array(Schema.Struct({ name: Schema.String, last_modified: text })))

const Listing = Schema.fromJsonString(
  Schema.Array(
    Schema.Struct({
      name: Schema.optionalKey(Schema.String),
      subdir: Schema.optionalKey(Schema.String),
      bytes: Schema.optionalKey(Schema.Finite),
      hash: text,
      slo_etag: text,
      content_type: text,
      last_modified: text
    })
  )
)

/** `2026-11-23T13:50:19.123456`, in UTC without saying so, or with a zone: milliseconds since 1970. */
export const timeOf = (written: string | null | undefined): number | undefined => {
  if (!written) return undefined
  const time = Date.parse(/^[\d-]+T[\d:.]+$/.test(written) ? `${written}Z` : written)
  return Number.isNaN(time) ? undefined : time
}

export interface ListedContainer {
  readonly name: string
  readonly modified: number | undefined
}

/** What a listing says of one object, or that there are objects behind a slash. */
export type Listed =
  | { readonly kind: "prefix"; readonly name: string }
  | {
      readonly kind: "object"
      readonly name: string
      readonly size: number
      readonly etag: string | undefined
      readonly contentType: string | undefined
      readonly modified: number | undefined
    }

/** An ETag as conditions compare it: those of large objects come in quotes. */
export const bareEtag = (etag: string | null | undefined): string | undefined => etag?.replaceAll('"', "") || undefined

/** The containers of a page. */
export const containersIn = (response: HttpResponse) =>
  Effect.map(decoded(Containers, response), (page) =>
    page.map(({ name, last_modified }): ListedContainer => ({ name, modified: timeOf(last_modified) }))
  )

/** The objects of a page, in the order of the service. */
export const listingIn = (response: HttpResponse) =>
  Effect.map(decoded(Listing, response), (page) =>
    page.flatMap((entry): ReadonlyArray<Listed> => {
      if (entry.subdir !== undefined) return [{ kind: "prefix", name: entry.subdir }]
      if (entry.name === undefined) return []
      return [
        {
          kind: "object",
          name: entry.name,
          size: entry.bytes ?? 0,
          etag: bareEtag(entry.slo_etag ?? entry.hash),
          contentType: entry.content_type ?? undefined,
          modified: timeOf(entry.last_modified)
        }
      ]
    })
  )

/** One version of an object, as a listing of versions has it. */
export interface ListedVersion {
  readonly name: string
  readonly id: string
  readonly current: boolean
  readonly size: number
  readonly etag: string | undefined
  readonly contentType: string | undefined
  readonly modified: number | undefined
}

const Versions = Schema.fromJsonString(
  Schema.Array(
    Schema.Struct({
      name: Schema.String,
      version_id: Schema.String,
      is_latest: Schema.Boolean,
      bytes: Schema.optionalKey(Schema.Finite),
      hash: text,
      slo_etag: text,
      content_type: text,
      last_modified: text
    })
  )
)

/** The versions of a page, in the order of the service. */
export const versionsIn = (response: HttpResponse) =>
  Effect.map(decoded(Versions, response), (page) =>
    page.map((entry): ListedVersion => ({
      name: entry.name,
      id: entry.version_id,
      current: entry.is_latest,
      size: entry.bytes ?? 0,
      etag: bareEtag(entry.slo_etag ?? entry.hash),
      contentType: entry.content_type ?? undefined,
      modified: timeOf(entry.last_modified)
    }))
  )

/** A segment as a manifest has it. */
export interface ManifestSegment extends Target {
  readonly size: number
  /** Of its bytes, in hex. */
  readonly md5: string
  /** The bytes that belong to the large object, if it is not all of them. */
  readonly range?: string
}

/** An entry may have its bytes in it instead of a name. */
const Manifest = Schema.fromJsonString(
  Schema.Array(Schema.Struct({ name: text, hash: text, range: text, bytes: Schema.optionalKey(Schema.Finite) }))
)

/** `container/key` to its parts; undefined if it is not of this form. */
export const targetIn = (path: string): Target | undefined => {
  const [, container, key] = /^\/?([^/]+)\/([^]+)$/.exec(path) ?? []
  return container === undefined || key === undefined ? undefined : { container, key }
}

/** The segments of a manifest; none where the service does not give it. */
export const segmentsIn = (response: HttpResponse) =>
  Effect.map(decoded(Manifest, response), (parts) =>
    parts.flatMap(({ name, hash, bytes, range }): ReadonlyArray<ManifestSegment> => {
      const target = targetIn(name ?? "")
      return target === undefined ? [] : [{ ...target, size: bytes ?? 0, md5: hash ?? "", ...(range && { range }) }]
    })
  )

const BulkAnswer = Schema.fromJsonString(
  Schema.Struct({
    "Response Status": Schema.String,
    Errors: Schema.optionalKey(Schema.Array(Schema.Array(Schema.String)))
  })
)

/** The statuses in the answer to a bulk call: those of single objects, or that of the whole. */
export const bulkErrorsIn = (bytes: Uint8Array): Effect.Effect<ReadonlyArray<number>, StorageError> =>
  Effect.map(decodedText(BulkAnswer, bytes), (answer) => {
    const statuses = (answer.Errors ?? []).map(([, status = ""]) => Number.parseInt(status, 10))
    const whole = Number.parseInt(answer["Response Status"], 10)
    return statuses.length > 0 ? statuses : whole >= 300 && whole !== 404 ? [whole] : []
  })
