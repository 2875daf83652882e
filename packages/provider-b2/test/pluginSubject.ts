/**
 * The plugin with options, as a subject of the conformance suites.
 */
import { sendPresigned, type Overrides, type Subject } from "@mooring/testkit"
import { makeFaultProxy } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { inHost, openImpatient, openWith, prepare } from "./host.ts"

interface Config {
  readonly endpoint: string
  readonly [option: string]: unknown
}

/** A subject whose tests have a directory each in a bucket that is made first and stays. B2 keeps versions of all. */
export const pluginSubject = (name: string, config: Config, overrides?: Overrides): Subject => {
  const bucket = `mooring-${randomBytes(6).toString("hex")}`
  const newPlace = () => [bucket, randomBytes(6).toString("hex")]
  const open = Effect.gen(function* () {
    const store = yield* openWith(config)
    yield* store.createContainer?.([bucket]) ?? Effect.void
    return { store, place: newPlace() }
  })
  const { hostname, port } = new URL(config.endpoint)
  return {
    name,
    partSize: Number(config["chunk_size"]),
    open,
    versioned: open,
    testConnection: (options) => inHost(prepare(config).test(options)),
    send: (request, body) => Effect.scoped(inHost(sendPresigned(request, body))),
    faults: Effect.gen(function* () {
      yield* Effect.scoped(open)
      const proxy = yield* makeFaultProxy({ host: hostname, port: Number(port) })
      const store = yield* openImpatient({ ...config, endpoint: `http://${proxy.host}:${proxy.port}` })
      return { store, place: newPlace(), faults: proxy.faults }
    }),
    ...(overrides !== undefined && { overrides })
  }
}
