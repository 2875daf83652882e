/**
 * The plugin with options, as a subject of the conformance suites.
 */
import { sendPresigned, type Overrides, type Subject } from "@mooring/testkit"
import { makeFaultProxy } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { randomBytes } from "node:crypto"
import { S3 } from "../src/index.ts"
import { keepVersions, type Owner } from "./keepVersions.ts"
import { host } from "./openDouble.ts"

interface Config extends Owner {
  readonly [option: string]: unknown
}

/** What the plugin prepares of a config that must be valid. */
const prepare = (config: Config) => {
  const prepared = S3.prepare(config)
  if (prepared.issues === undefined) return prepared
  throw new Error(prepared.issues.map(({ pointer, detail }) => `${pointer} ${detail}`).join())
}

/** A subject whose tests have a directory each in a bucket that is made first and stays. */
export const pluginSubject = (
  title: string,
  config: Config,
  overrides?: Overrides,
  environment: typeof host = host,
  owner: Owner = config,
  bucketNamed: (name: string) => string = (name) => name
): Subject => {
  const inHost = <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.flatMap(Layer.build(environment), (context) => Effect.provide(effect, context))
  const name = `mooring-${randomBytes(6).toString("hex")}`
  const [bucket, versioned] = [bucketNamed(name), bucketNamed(`${name}-versions`)]
  const openAt = Effect.fnUntraced(function* (endpoint: string, container = bucket) {
    const { store } = yield* inHost(prepare({ ...config, endpoint }).open)
    return { store, place: [container, randomBytes(6).toString("hex")] }
  })
  const openIn = Effect.fnUntraced(function* (container: string) {
    const opened = yield* openAt(config.endpoint, container)
    yield* opened.store.createContainer?.([container]) ?? Effect.void
    return opened
  })
  const open = openIn(bucket)
  const { hostname, port } = new URL(config.endpoint)
  return {
    name: title,
    open,
    versioned: Effect.tap(openIn(versioned), () => keepVersions(owner, versioned)),
    containerNamed: bucketNamed,
    testConnection: (options) => inHost(prepare(config).test(options)),
    send: (request, body) => Effect.scoped(inHost(sendPresigned(request, body))),
    faults: Effect.gen(function* () {
      yield* Effect.scoped(open)
      const proxy = yield* makeFaultProxy({ host: hostname.replace("localhost", "127.0.0.1"), port: Number(port) })
      return {
        ...(yield* openAt(`http://${hostname === "localhost" ? hostname : proxy.host}:${proxy.port}`)),
        faults: proxy.faults
      }
    }),
    ...(overrides !== undefined && { overrides })
  }
}
