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
import { S3 } from "../../src/index.ts"
import { defaultAccessKey, startS3Double, type S3Double, type S3DoubleOptions } from "../double/index.ts"

/** The keys of the double, as options. */
export const keys = {
  access_key_id: defaultAccessKey.accessKeyId,
  secret_access_key: defaultAccessKey.secretAccessKey
}

/** Options that are right for a service at this endpoint. */
export const optionsFor = (endpoint: string) => ({ ...keys, endpoint })

/** The buckets, objects and uploads of a double. */
const inventoryOf = ({ buckets }: S3Double) =>
  Effect.sync(() =>
    [...buckets.values()].flatMap(({ name, objects, uploads }) => [
      name,
      ...[...objects.keys(), ...uploads.keys()].map((key) => `${name}/${key}`)
    ])
  )

/** A double with an empty bucket `b`, unless said otherwise. */
const runningDouble = (options: S3DoubleOptions = {}) =>
  Effect.acquireRelease(
    Effect.promise(() => startS3Double({ buckets: ["b"], ...options })),
    (it) => Effect.promise(() => it.close())
  )

/** Such a double; `change` says what is wrong. */
export const withDouble = (
  change: (double: S3Double) => Partial<Situation> = () => ({}),
  options: S3DoubleOptions = {}
): Arranged =>
  Effect.map(runningDouble(options), (double) => {
    const { config, ...rest } = change(double)
    return { inventory: inventoryOf(double), config: { ...optionsFor(double.endpoint), ...config }, ...rest }
  })

/** An error as S3 tells it: https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html */
export const refused = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Said => ({
  status,
  headers: { "content-type": "application/xml", "x-amz-request-id": "4442587FB7D0A2F9", ...headers },
  body: `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>text</Message></Error>`
})

/** A server that says the same to everybody, or what it makes of path and host. */
export const saying = (
  said: Parameters<typeof sayingTo>[1],
  situation?: (origin: string) => Partial<Situation>
): Arranged => sayingTo({ optionsFor }, said, situation)

/** S3 as the generic families need it, before the double. */
export const subject: DoctorSubject = {
  plugin: S3,
  optionsFor,
  endpoint: "#/endpoint",
  api: "S3 API",
  signsTime: true,
  service: Effect.map(runningDouble(), (double): Service => ({
    origin: double.endpoint,
    at: ["b"],
    inventory: inventoryOf(double)
  })),
  otherwise: {
    "endpoint: https//": { suggestion: "://" },
    "endpoint: http:/ with one slash": { suggestion: "://" },
    "endpoint: user info": { suggestion: "user name" },
    "endpoint: a port out of range": { suggestion: "port" },
    "endpoint: a space in it": { suggestion: "spaces" },
    "endpoint: a query": { suggestion: "query" },
    "endpoint: dot segments": { suggestion: "dot segments" }
  }
}
