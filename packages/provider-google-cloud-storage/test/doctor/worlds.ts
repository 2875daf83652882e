/**
 * What the cases meet: the double, or a server that says what a case makes it say.
 */
import {
  saying as sayingTo,
  type Arranged,
  type DoctorSubject,
  type Said,
  type Service,
  type Situation
} from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"
import { GoogleCloudStorage } from "../../src/index.ts"
import { defaultServiceAccount, type StorageDouble, type StorageDoubleOptions } from "../double/index.ts"
import { storeObject } from "../double/objects.ts"
import { double } from "../openDouble.ts"

/** A token that every double takes, and its project. */
export const token = "ya29.token-of-the-doctor"
const project = "double-project"

/** Options that are right for a service at this endpoint. */
export const optionsFor = (endpoint: string) => ({ access_token: token, project_number: project, endpoint })

/** The buckets, objects and uploads of a double. */
const inventoryOf = ({ buckets, uploads }: StorageDouble) =>
  Effect.sync(() => [
    ...[...buckets.values()].flatMap(({ name, objects }) => [
      name,
      ...[...objects].filter(([, all]) => all.length > 0).map(([key]) => `${name}/${key}`)
    ]),
    ...[...uploads].filter(([, { state }]) => state === "open").map(([id]) => id)
  ])

/** A double with an empty bucket `bucket`, unless said otherwise. */
const runningDouble = (options: StorageDoubleOptions = {}) =>
  double({ buckets: ["bucket"], project, accessTokens: { [token]: defaultServiceAccount }, ...options })

/** Such a double; `change` says what is wrong. An option that is `undefined` is left out. */
export const withDouble = (
  change: (double: StorageDouble) => Partial<Situation> = () => ({}),
  options: StorageDoubleOptions = {}
): Arranged =>
  Effect.map(runningDouble(options), (it) => {
    const { config, ...rest } = change(it)
    const written = Object.entries({ ...optionsFor(it.endpoint), ...config }).filter(([, value]) => value !== undefined)
    return { inventory: inventoryOf(it), config: Object.fromEntries(written), ...rest }
  })

/** Puts `object` into the bucket of a double. */
export const withObject = ({ buckets }: StorageDouble) => {
  const there = buckets.get("bucket")
  if (there !== undefined) storeObject(there, { name: "object", body: Buffer.from("text"), attributes: {} }, Date.now())
}

/** An error as the JSON API tells it: https://cloud.google.com/storage/docs/json_api/v1/status-codes */
export const refused = (status: number, reason: string, message = "text"): Said => ({
  status,
  headers: { "content-type": "application/json", "x-guploader-uploadid": "AAwnv3Jx" },
  body: JSON.stringify({ error: { code: status, message, errors: [{ domain: "global", reason, message }] } })
})

/** A server that says the same to everybody, or what it makes of path and host. */
export const saying = (
  said: Parameters<typeof sayingTo>[1],
  situation?: (origin: string) => Partial<Situation>
): Arranged => sayingTo({ optionsFor }, said, situation)

/** Cloud Storage as the generic families need it. */
export const subject: DoctorSubject = {
  plugin: GoogleCloudStorage,
  optionsFor,
  endpoint: "#/endpoint",
  api: "JSON API",
  // An access token has no time; that of a service account's assertion is among the cases of credentials.
  signsTime: false,
  service: Effect.map(runningDouble(), (it): Service => ({
    origin: it.endpoint,
    at: ["bucket"],
    inventory: inventoryOf(it)
  }))
}
