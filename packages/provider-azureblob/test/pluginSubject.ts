/**
 * The plugin with options, as a subject of the conformance suites.
 */
import { sendPresigned, type Overrides, type Subject } from "@mooring/testkit"
import { makeFaultProxy } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { randomBytes } from "node:crypto"
import { AzureBlob } from "../src/index.ts"
import { host } from "./host.ts"

interface Config {
  readonly endpoint: string
  readonly [option: string]: unknown
}

/** Small blocks, so that tests of several blocks move few bytes. */
const partSize = 256 * 1024

/** What the plugin prepares of a config that must be valid. */
const prepare = (config: Config) => {
  const prepared = AzureBlob.prepare({ chunk_size: partSize, directory_markers: true, ...config })
  if (prepared.issues === undefined) return prepared
  throw new Error(prepared.issues.map(({ pointer, detail }) => `${pointer} ${detail}`).join())
}

const inHost = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
  Effect.flatMap(Layer.build(host), (context) => Effect.provide(effect, context))

/**
 * A subject whose tests have a directory each in a container that is made first and stays. `versioned` is an account that
 * keeps versions.
 */
export const pluginSubject = (
  name: string,
  config: Config,
  { overrides, versioned }: { readonly overrides?: Overrides; readonly versioned?: Config } = {}
): Subject => {
  const container = `mooring-${randomBytes(6).toString("hex")}`
  const openWith = Effect.fnUntraced(function* (options: Config) {
    const { store } = yield* inHost(prepare(options).open)
    return { store, place: [container, randomBytes(6).toString("hex")] }
  })
  const openIn = (options: Config) =>
    Effect.tap(openWith(options), ({ store }) => store.createContainer?.([container]) ?? Effect.void)
  const open = openIn(config)
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
      return { ...(yield* openWith({ ...config, endpoint })), faults: proxy.faults }
    }),
    ...(versioned !== undefined && { versioned: openIn(versioned) }),
    ...(overrides !== undefined && { overrides })
  }
}
