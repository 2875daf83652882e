/**
 * Switches the keeping of versions on for a bucket (PutBucketVersioning), which the plugin itself never does.
 */
import { writeXml } from "@mooring/core/xml/writeXml"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { digestHeaders } from "../src/api/digest.ts"
import type { S3Client } from "../src/api/S3Client.ts"
import { openAt } from "./openDouble.ts"

/** Where the bucket is, and who owns it: options of the plugin. */
export interface Owner {
  readonly endpoint: string
  readonly access_key_id?: string
  readonly secret_access_key?: string
  readonly region?: string
}

export const keepVersions = Effect.fnUntraced(function* (owner: Owner, bucket: string) {
  const { endpoint, access_key_id: accessKeyId = "", secret_access_key: secret = "", region = "us-east-1" } = owner
  const credentials = { kind: "static" as const, accessKeyId, secretAccessKey: Redacted.make(secret) }
  const { client } = yield* openAt(endpoint, { region, credentials })
  yield* enableVersions(client, bucket)
})

/** The same, by a client that is there. */
export const enableVersions = Effect.fnUntraced(function* (client: S3Client, bucket: string) {
  const body = yield* Effect.fromResult(
    writeXml(["VersioningConfiguration", [["Status", "Enabled"]]], "http://s3.amazonaws.com/doc/2006-03-01/")
  )
  const headers = yield* digestHeaders(yield* client.settings, body)
  yield* client.repeated(
    Effect.asVoid(client.send({ method: "PUT", bucket, query: { versioning: "" }, headers, body }))
  )
})
