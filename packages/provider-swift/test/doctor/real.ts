/** A container of a real server, and what others may do with it. */
import type { Arranged, Config, DoctorSubject, Situation } from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import type { Headers } from "@mooring/core/Transport"
import { randomBytes } from "node:crypto"
import { openClient } from "../openClient.ts"
import { subject } from "./worlds.ts"

/** What a setup prints of its server. */
export interface Setup {
  readonly setup: string
  readonly config: Config & { readonly auth: string; readonly user: string; readonly key: string }
  readonly storage_url: string
  /** The options of another user. */
  readonly other: Config
  /** Of Keystone alone. */
  readonly ids: { readonly user: string; readonly project: string; readonly application: string }
}

/** Options with changes; `undefined` takes one away. */
const changed = (config: Config, changes: Config = {}): Config =>
  Object.fromEntries(Object.entries({ ...config, ...changes }).filter(([, value]) => value !== undefined))

/** A new container with `object` in it, emptied and removed with the Scope. */
const makeContainer = Effect.fnUntraced(function* ({ config }: Setup, headers: Headers) {
  const container = `doctor-${randomBytes(6).toString("hex")}`
  const { client, store } = yield* openClient(config)
  const listed = Effect.map(store.listPage([container], { recursive: true }), ({ entries }) => entries)
  yield* Effect.acquireRelease(store.createContainer!([container]), () =>
    Effect.gen(function* () {
      yield* Effect.forEach(yield* listed, ({ path }) => store.remove(path))
      yield* store.removeContainer!([container])
    }).pipe(Effect.orDie)
  )
  yield* store.write([container, "object"], Stream.make(Buffer.from("text")))
  if (Object.keys(headers).length > 0) {
    const body = new Uint8Array()
    yield* client.repeated(Effect.scoped(Effect.asVoid(client.send({ method: "POST", container, headers, body }))))
  }
  return { container, inventory: Effect.orDie(Effect.map(listed, (all) => all.map(({ path }) => path.join("/")))) }
})

/** The situation of a case in a container of its own, which has these headers; `change` gets its name. */
export const withContainer =
  (setup: Setup, headers: Headers = {}) =>
  (change: (container: string) => Partial<Situation>): Arranged =>
    Effect.orDie(
      Effect.map(makeContainer(setup, headers), ({ container, inventory }) => {
        const { config: changes, ...rest } = change(container)
        return { config: changed(setup.config, changes), at: [container], inventory, ...rest }
      })
    )

/** The setup as the generic families need it, each time with a container of its own. */
export const realSubject = (setup: Setup): DoctorSubject => {
  const { origin, pathname } = new URL(setup.config.auth)
  return {
    ...subject,
    optionsFor: (endpoint) => ({ ...setup.config, auth: `${endpoint}${pathname}` }),
    service: Effect.orDie(
      Effect.map(makeContainer(setup, {}), ({ container, inventory }) => ({ origin, at: [container], inventory }))
    )
  }
}
