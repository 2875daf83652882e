/**
 * What the cases meet: a bucket of the simulator and keys to it, or a server that says what a case makes it say.
 */
import { blocks } from "@mooring/testkit"
import {
  saying as sayingTo,
  type Arranged,
  type Config,
  type DoctorSubject,
  type Said,
  type Situation
} from "@mooring/testkit/doctor"
import * as Effect from "effect/Effect"
import { B2 } from "../../src/index.ts"
import { call, config, openBucket, withKey } from "../service.ts"

/** An ID and a key in the form of Backblaze's, which nobody has. */
export const unknown = { account: "005a0b6c0b0a1b20000000001", key: "K005aAbCdEfGhIjKlMnOpQrStUvWxYz" }

/** All that a store does needs these. */
export const capabilities = ["listBuckets", "listFiles", "readFiles", "writeFiles", "deleteFiles", "shareFiles"]

/** All of them but these. */
export const without = (...missing: ReadonlyArray<string>) => capabilities.filter((name) => !missing.includes(name))

/** Every version of every file in a bucket, hidden and unfinished ones too. */
const inventoryOf = (bucketId: string) =>
  Effect.map(call("list_file_versions", { bucketId, maxFileCount: 1000 }), ({ files }) =>
    (files as ReadonlyArray<{ readonly fileName: string; readonly fileId: string }>).map(
      ({ fileName, fileId }) => `${fileName} ${fileId}`
    )
  )

interface Bucket {
  readonly bucket: string
  readonly bucketId: string
  readonly inventory: Effect.Effect<ReadonlyArray<string>>
}

/** A new bucket with `object`, and `dir/object`. */
const filledBucket = Effect.gen(function* () {
  const { store, bucket, bucketId } = yield* openBucket()
  for (const path of [["object"], ["dir", "object"]]) yield* store.write([bucket, ...path], blocks("text"))
  return { bucket, bucketId, inventory: inventoryOf(bucketId) } satisfies Bucket
}).pipe(Effect.orDie)

/** The situation of the owner at a bucket of its own; `change` says what is wrong. */
export const withBucket = (change: (it: Bucket) => Partial<Situation> = () => ({})): Arranged =>
  Effect.map(filledBucket, (it) => {
    const { config: changes, ...rest } = change(it)
    return { at: [it.bucket], inventory: it.inventory, config: { ...config, ...changes }, ...rest }
  })

/** The same with a key of these capabilities; `of` narrows it, to the bucket if it says nothing. */
export const withKeyOf = (
  of: (it: Bucket) => { readonly bucketIds?: ReadonlyArray<string>; readonly namePrefix?: string },
  allowed: ReadonlyArray<string>,
  change: (it: Bucket) => Partial<Situation> = () => ({})
): Arranged =>
  Effect.flatMap(filledBucket, (it) =>
    Effect.map(withKey(allowed, of(it)), (key) => {
      const { config: changes, ...rest } = change(it)
      return { at: [it.bucket], inventory: it.inventory, config: { ...key, ...changes }, ...rest }
    })
  )

/** A key of the bucket only. */
export const ofBucket = ({ bucketId }: Bucket) => ({ bucketIds: [bucketId] })

/** An error as B2 tells it: https://www.backblaze.com/docs/cloud-storage-native-api-error-handling-and-status-codes */
export const refused = (status: number, code: string): Said => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ status, code, message: "text" })
})

export const document = (body: unknown): Said => ({
  status: 200,
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body)
})

/** The answer to an authorization, after which all goes to the same host. */
export const authorized = (host: string, changes: Config = {}): Said => {
  const storageApi = {
    apiUrl: `http://${host}`,
    downloadUrl: `http://${host}`,
    allowed: { buckets: null, capabilities, namePrefix: null },
    ...changes
  }
  return document({ accountId: "account", authorizationToken: "token", apiInfo: { storageApi } })
}

const optionsFor = (endpoint: string) => ({ ...unknown, endpoint })

/** A server that says the same to everybody. */
export const saying = (said: Parameters<typeof sayingTo>[1], situation: Partial<Situation> = {}): Arranged =>
  sayingTo({ optionsFor }, said, () => situation)

/** A server that authorizes, and says this to all other calls. */
export const sayingLater = (said: Said, situation: Partial<Situation> = {}): Arranged =>
  saying((path, host) => (path.endsWith("b2_authorize_account") ? authorized(host) : said), situation)

/** B2 as the generic families need it, before the simulator. */
export const subject: DoctorSubject = {
  plugin: B2,
  optionsFor: (endpoint) => ({ ...config, endpoint }),
  endpoint: "#/endpoint",
  api: "native API",
  signsTime: false,
  service: Effect.map(filledBucket, ({ bucket, inventory }) => ({ origin: config.endpoint, at: [bucket], inventory }))
}
