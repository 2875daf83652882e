/**
 * What the cases meet: the double, which speaks version 2, or a server that says what a case makes it say.
 */
import type { Arranged, DoctorSubject, Otherwise, Situation } from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"
import { Swift } from "../../src/index.ts"
import { people, tenant } from "../double/identity.ts"
import { startSwiftDouble, type SwiftDouble } from "../double/SwiftDouble.ts"

/** The user of the double. */
export const who = { user: people.user, key: people.password, tenant: tenant.name }

/**
 * Options that are right for a double at this origin. What it says of its address in the catalog would lead around a
 * gateway or TLS that a case puts before it, so the address is written.
 */
const optionsFor = (endpoint: string) => ({
  ...who,
  auth: `${endpoint}/v2.0`,
  storage_url: `${endpoint}/v1/AUTH_tenant-id`
})

const inventoryOf = ({ containers }: SwiftDouble) =>
  Effect.sync(() =>
    [...containers].flatMap(([container, objects]) => [
      container,
      ...[...objects.keys()].map((name) => `${container}/${name}`)
    ])
  )

/** A double with an empty container `c`. */
const runningDouble = Effect.map(startSwiftDouble, (double) => {
  double.containers.set("c", new Map())
  return double
})

/** Such a double, whose catalog says where its store is; `change` says what is wrong. */
export const withDouble = (change: (double: SwiftDouble) => Partial<Situation> = () => ({})): Arranged =>
  Effect.map(runningDouble, (double) => {
    const { config, ...rest } = change(double)
    return { inventory: inventoryOf(double), config: { ...who, auth: double.auth, ...config }, ...rest }
  })

const bothAddresses: Otherwise = {
  finding: "options invalid_value #/auth, invalid_value #/storage_url",
  suggestion: "http or https address"
}
const nothingLikeIt: Otherwise = { suggestion: "the address of the authentication service" }

/** Swift as the generic families need it, before the double. */
export const subject: DoctorSubject = {
  plugin: Swift,
  optionsFor,
  endpoint: "#/auth",
  api: "authentication service",
  signsTime: false,
  service: Effect.map(runningDouble, (double) => ({
    origin: new URL(double.auth).origin,
    at: ["c"],
    inventory: inventoryOf(double)
  })),
  otherwise: {
    "endpoint: htp://": bothAddresses,
    "endpoint: https//": bothAddresses,
    "endpoint: http:/ with one slash": bothAddresses,
    "endpoint: user info": bothAddresses,
    "endpoint: a port out of range": bothAddresses,
    "endpoint: a space in it": bothAddresses,
    "endpoint: a query": bothAddresses,
    "endpoint: dot segments": bothAddresses,
    "tls: no scheme where the service has no TLS": bothAddresses,
    "endpoint: the console instead of the API": nothingLikeIt,
    "endpoint: the console, which has no such page": nothingLikeIt
  }
}
