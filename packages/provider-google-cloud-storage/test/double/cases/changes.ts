/** What a mutation is, and the changes that many share. */
import type { Permission } from "../index.ts"
import type { StorageDoubleOptions } from "../StorageDouble.ts"
import { bearing, type Asking, type bases } from "./bases.ts"
import type { Fixture } from "./fixture.ts"
import type { WireRequest } from "./wire.ts"

export interface Mutation {
  readonly base: keyof typeof bases
  /** Gets the valid request; may ask for another one first, or move the double's clock. */
  readonly mutate: (valid: WireRequest, fixture: Fixture) => WireRequest | Promise<WireRequest>
  readonly status: number
  /** The reason in JSON, the code in XML or of OAuth; `text` for plain text, "" for no body. */
  readonly reason: string
  readonly options?: StorageDoubleOptions
  /** The valid request cannot follow the changed one. */
  readonly spent?: true
}

type Change = Mutation["mutate"]

export const minute = 60_000

export const withHeader =
  (name: string, value: string): Change =>
  (valid) => ({ ...valid, headers: { ...valid.headers, [name]: value } })

export const withoutHeader =
  (dropped: string): Change =>
  (valid) => ({
    ...valid,
    headers: Object.fromEntries(Object.entries(valid.headers).filter(([name]) => name !== dropped))
  })

export const inTarget =
  (from: RegExp, to: string): Change =>
  (valid) => ({ ...valid, target: valid.target.replace(from, to) })

export const withParameter =
  (name: string, value: string): Change =>
  (valid) => ({
    ...valid,
    target: `${valid.target}${valid.target.includes("?") ? "&" : "?"}${name}=${encodeURIComponent(value)}`
  })

export const withBody =
  (body: string): Change =>
  (valid) => ({ ...valid, body })

export const inBody =
  (from: RegExp, to: string): Change =>
  (valid) => ({ ...valid, body: String(valid.body).replace(from, to) })

/** Changes the request to AWS within the token. */
export const inSubject =
  (from: RegExp, to: string): Change =>
  (valid) => {
    const form = new URLSearchParams(String(valid.body))
    const request = decodeURIComponent(form.get("subject_token") ?? "")
    form.set("subject_token", encodeURIComponent(request.replace(from, to)))
    return { ...valid, body: form.toString() }
  }

export const withMethod =
  (method: string): Change =>
  (valid) => ({ ...valid, method })

/** One change after another. */
export const both =
  (...changes: ReadonlyArray<Change>): Change =>
  async (valid, fixture) => {
    let request = valid
    for (const change of changes) request = await change(request, fixture)
    return request
  }

export const clock =
  (offset: number): Change =>
  (valid, { double }) => {
    double.clockOffset = offset
    return valid
  }

/** The same request of somebody else. */
export const asking =
  (who: Asking): Change =>
  (valid, fixture) => ({ ...valid, headers: { ...valid.headers, ...bearing(fixture, who) } })

const all: ReadonlyArray<Permission> = [
  "storage.buckets.create",
  "storage.buckets.delete",
  "storage.buckets.get",
  "storage.buckets.list",
  "storage.buckets.update",
  "storage.objects.create",
  "storage.objects.delete",
  "storage.objects.get",
  "storage.objects.list",
  "storage.objects.update"
]

/** The same request of somebody who may do everything but this. */
export const without = (permission: Permission): Change =>
  asking({ identity: { email: "lacking@example.com", permissions: all.filter((one) => one !== permission) } })

export const forbidden = { status: 403, reason: "forbidden" }
export const unauthenticated = { status: 401, reason: "authError" }
export const invalid = { status: 400, reason: "invalid" }
export const invalidParameter = { status: 400, reason: "invalidParameter" }
export const required = { status: 400, reason: "required" }
export const notFound = { status: 404, reason: "notFound" }
export const failed = { status: 412, reason: "conditionNotMet" }
export const unmodified = { status: 304, reason: "" }
export const badChunk = { status: 400, reason: "text" }
