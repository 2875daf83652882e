/**
 * A mount whose way to its server goes through a proxy that breaks it.
 */
import { makeFaultProxy } from "@mooring/testkit/faults"
import * as Effect from "effect/Effect"
import { connected, mount } from "./mounted.ts"
import { s3, server } from "./Subject.ts"

/** Mounts a bucket of the server through a new proxy. */
export const proxied = Effect.fnUntraced(function* (flags: ReadonlyArray<string> = []) {
  const { hostname, port } = new URL(String(server["endpoint"]))
  const proxy = yield* makeFaultProxy({ host: hostname, port: Number(port) })
  const backend = yield* connected(s3, { endpoint: `http://${proxy.host}:${proxy.port}` })
  return { ...(yield* mount(backend, flags)), proxy }
})
