/**
 * The plugin with options, as a subject of the conformance suites.
 */
import type { Overrides, Subject } from "@mooring/testkit"
import { sendPresigned } from "@mooring/testkit"
import { makeFaultProxy } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import { randomBytes } from "node:crypto"
import { Swift } from "../src/index.ts"
import { inHost, mebibyte } from "./host.ts"
import { keepVersions, openClient } from "./openClient.ts"

export interface Config {
  readonly auth: string
  readonly [option: string]: unknown
}

/** What the plugin prepares of a config that must be valid. */
export const prepare = (config: Readonly<Record<string, unknown>>) => {
  const prepared = Swift.prepare(config)
  if (prepared.issues === undefined) return prepared
  throw new Error(prepared.issues.map(({ pointer, detail }) => `${pointer} ${detail}`).join())
}

/** A subject whose tests have a directory each in a container that is made first and stays. */
export const pluginSubject = (name: string, config: Config, storageUrl: string, overrides?: Overrides): Subject => {
  const options = { ...config, chunk_size: String(mebibyte) }
  const container = `mooring-${randomBytes(6).toString("hex")}`
  const openWith = Effect.fnUntraced(function* (changes: Readonly<Record<string, unknown>> = {}, base = container) {
    const { store } = yield* inHost(prepare({ ...options, ...changes }).open)
    return { store, place: [base, randomBytes(6).toString("hex")] }
  })
  const openIn = (base: string) =>
    Effect.tap(openWith({}, base), ({ store }) => store.createContainer?.([base]) ?? Effect.void)
  const open = openIn(container)
  const versioned = `${container}-versions`
  const { hostname, port, pathname } = new URL(storageUrl)
  return {
    name,
    open,
    versioned: Effect.tap(openIn(versioned), () =>
      Effect.flatMap(openClient(options), ({ client }) => keepVersions(client, versioned))
    ),
    partSize: mebibyte,
    testConnection: (test) => inHost(prepare(options).test(test)),
    send: (request, body) => Effect.scoped(inHost(sendPresigned(request, body))),
    faults: Effect.gen(function* () {
      yield* Effect.scoped(open)
      const proxy = yield* makeFaultProxy({ host: hostname, port: Number(port) })
      const opened = yield* openWith({ storage_url: `http://${proxy.host}:${proxy.port}${pathname}` })
      return { ...opened, faults: proxy.faults }
    }),
    ...(overrides !== undefined && { overrides })
  }
}
