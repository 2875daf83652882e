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
import { AzureBlob } from "../../src/index.ts"
import { account, accountKey, type AzureDouble, type AzureDoubleOptions } from "../double/index.ts"
import { runningDouble } from "../openDouble.ts"

/** Options that are right for a service at this endpoint: the account is in the path, where there is none yet. */
export const optionsFor = (endpoint: string) => ({
  account,
  key: accountKey,
  endpoint: /^(?:https?:\/\/)?[^/?]+$/.test(endpoint) ? `${endpoint}/${account}` : endpoint
})

/** Every container and every state of every blob of a double. */
export const inventoryOf = ({ containers }: AzureDouble) =>
  Effect.sync(() =>
    [...containers.values()].flatMap(({ name, places }) => [
      name,
      ...[...places].flatMap(([blob, { current, versions, snapshots, deleted, staged }]) =>
        [current, ...versions, ...snapshots, ...deleted, ...staged.keys()]
          .filter((state) => state !== undefined)
          .map((_, index) => `${name}/${blob} ${index}`)
      )
    ])
  )

/** A double with an empty container `box`, unless said otherwise; `change` says what is wrong. */
export const withDouble = (
  change: (double: AzureDouble) => Partial<Situation> = () => ({}),
  setup: AzureDoubleOptions = {}
): Arranged =>
  Effect.map(runningDouble(setup), (double) => {
    const { config, ...rest } = change(double)
    return { inventory: inventoryOf(double), config: { ...optionsFor(double.endpoint), ...config }, ...rest }
  })

/** An error as Azure tells it: https://learn.microsoft.com/rest/api/storageservices/status-and-error-codes2 */
export const refused = (status: number, code: string, headers: Readonly<Record<string, string>> = {}): Said => ({
  status,
  headers: {
    "content-type": "application/xml",
    "x-ms-error-code": code,
    "x-ms-request-id": "b4b5b6b7-0000-0000-0000-000000000000",
    ...headers
  },
  body: `\ufeff<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>text</Message></Error>`
})

/** A server that says the same to everybody, or what it makes of path and host. */
export const saying = (
  said: Parameters<typeof sayingTo>[1],
  situation?: (origin: string) => Partial<Situation>
): Arranged => sayingTo({ optionsFor }, said, situation)

/** Azure Blob Storage as the generic families need it, before the double. */
export const subject: DoctorSubject = {
  plugin: AzureBlob,
  optionsFor,
  endpoint: "#/endpoint",
  api: "blob service",
  signsTime: true,
  service: Effect.map(runningDouble(), (double): Service => ({
    origin: new URL(double.endpoint).origin,
    at: ["box"],
    inventory: inventoryOf(double)
  })),
  otherwise: {
    "endpoint: https//": { suggestion: "://" },
    "endpoint: http:/ with one slash": { suggestion: "://" },
    "endpoint: a query": { suggestion: "query" },
    "endpoint: dot segments": { suggestion: "dot segments" }
  }
}
