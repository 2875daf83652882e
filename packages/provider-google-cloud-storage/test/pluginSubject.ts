/**
 * The plugin with options, as a subject of the conformance suites.
 */
import { sendPresigned, type Overrides, type Subject } from "@mooring/testkit"
import { makeFaultProxy } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { inHost, openHasty, partSize, prepare } from "./host.ts"

interface Config {
  readonly endpoint: string
  readonly [option: string]: unknown
}

/** What else there is of a service. */
export interface Surroundings {
  readonly overrides?: Overrides
  /** A bucket that keeps versions. */
  readonly versioned?: string
}

/** Without credentials there is nothing to authenticate; a server that asks for none takes any token. */
const withToken = (config: Config) =>
  config["anonymous"] === true ? { ...config, anonymous: false, access_token: "any" } : config

/** A subject whose tests have a directory each in a bucket that is made first and stays. */
export const pluginSubject = (name: string, given: Config, { overrides, versioned }: Surroundings = {}): Subject => {
  const config = { directory_markers: true, ...withToken(given) }
  const bucket = `mooring-${randomBytes(6).toString("hex")}`
  const newPlace = (place = bucket) => [place, randomBytes(6).toString("hex")]
  const open = Effect.gen(function* () {
    const store = yield* openHasty(config)
    yield* store.createContainer?.([bucket]) ?? Effect.void
    return { store, place: newPlace() }
  })
  const { hostname, port, pathname } = new URL(config.endpoint)
  return {
    name,
    partSize,
    open,
    testConnection: (options) => inHost(prepare(config).test(options)),
    send: (request, body) => Effect.scoped(inHost(sendPresigned(request, body))),
    faults: Effect.gen(function* () {
      yield* Effect.scoped(open)
      const proxy = yield* makeFaultProxy({ host: hostname, port: Number(port) })
      const endpoint = `http://${proxy.host}:${proxy.port}${pathname}`
      return { store: yield* openHasty({ ...config, endpoint }), place: newPlace(), faults: proxy.faults }
    }),
    ...(versioned !== undefined && {
      versioned: Effect.map(openHasty(config), (store) => ({ store, place: newPlace(versioned) }))
    }),
    ...(overrides !== undefined && { overrides })
  }
}
