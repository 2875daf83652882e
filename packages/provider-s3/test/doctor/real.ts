/** A bucket of a real server, and what others may do with it. */
import { blocks } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import type * as Scope from "effect/Scope"
import { randomBytes } from "node:crypto"
import { openAt } from "../openDouble.ts"
import * as Redacted from "effect/Redacted"
import type { DoctorSubject, Situation } from "@mooring/testkit/doctor"
import { subject } from "./worlds.ts"

/** What a setup prints of its server. */
export interface Setup {
  readonly config: Readonly<Record<string, unknown>> & {
    readonly endpoint: string
    readonly access_key_id: string
    readonly secret_access_key: string
  }
  /** The keys of another account. */
  readonly other: { readonly access_key_id: string; readonly secret_access_key: string }
}

/** Options with changes; `undefined` takes one away. */
const changed = (config: Setup["config"], changes: Situation["config"] = {}) =>
  Object.fromEntries(Object.entries({ ...config, ...changes }).filter(([, value]) => value !== undefined))

const storeOf = (endpoint: string, keys: Setup["other"]) =>
  openAt(endpoint, {
    listUrlEncode: false,
    credentials: {
      kind: "static",
      accessKeyId: keys.access_key_id,
      secretAccessKey: Redacted.make(keys.secret_access_key)
    }
  })

/** A new bucket with `object` in it, emptied and removed with the Scope, and how to send what the store cannot. */
const makeBucket = Effect.fnUntraced(function* (endpoint: string, keys: Setup["other"]) {
  const bucket = `doctor-${randomBytes(6).toString("hex")}`
  const { store, client } = yield* storeOf(endpoint, keys)
  yield* Effect.acquireRelease(store.createContainer?.([bucket]) ?? Effect.void, () =>
    Effect.gen(function* () {
      const { entries } = yield* store.listPage([bucket], { recursive: true })
      yield* Effect.forEach(entries, ({ path }) => store.remove(path))
      yield* store.removeContainer?.([bucket]) ?? Effect.void
    }).pipe(Effect.orDie)
  )
  yield* store.write([bucket, "object"], blocks("text"))
  const inventory = Effect.orDie(
    Effect.map(store.listPage([bucket], { recursive: true }), ({ entries }) =>
      entries.map(({ path }) => path.join("/"))
    )
  )
  return { bucket, client, inventory }
})

/** The setup as the generic families need it, each time with a bucket of its own. */
export const realSubject = ({ config }: Setup): DoctorSubject => ({
  ...subject,
  optionsFor: (endpoint) => ({ ...config, endpoint }),
  service: Effect.orDie(
    Effect.map(makeBucket(config.endpoint, config), ({ bucket, inventory }) => ({
      origin: config.endpoint,
      at: [bucket],
      inventory
    }))
  )
})

/** The situation of a case in a bucket of its own; `change` gets its name. */
export const withBucket =
  ({ config }: Setup) =>
  (change: (bucket: string) => Partial<Situation>): Effect.Effect<Situation, never, Scope.Scope> =>
    Effect.orDie(
      Effect.map(makeBucket(config.endpoint, config), ({ bucket, inventory }) => {
        const { config: changes, ...rest } = change(bucket)
        return { config: changed(config, changes), at: [bucket], inventory, ...rest }
      })
    )

/** The situation of everybody (`*`) who may do these actions in a bucket of the other account, and nothing else. */
export const withPolicy =
  ({ config, other }: Setup) =>
  (
    actions: ReadonlyArray<string>,
    change: (bucket: string) => Partial<Situation> = () => ({})
  ): Effect.Effect<Situation, never, Scope.Scope> =>
    Effect.orDie(
      Effect.gen(function* () {
        const { bucket, client, inventory } = yield* makeBucket(config.endpoint, other)
        const policy = {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: "*",
              Action: actions.map((action) => `s3:${action}`),
              Resource: [`arn:aws:s3:::${bucket}`, `arn:aws:s3:::${bucket}/*`]
            }
          ]
        }
        const body = Buffer.from(JSON.stringify(policy))
        yield* Effect.scoped(client.send({ method: "PUT", bucket, query: { policy: "" }, body }))
        const { config: changes, ...rest } = change(bucket)
        return { config: changed(config, changes), at: [bucket], inventory, ...rest }
      })
    )
