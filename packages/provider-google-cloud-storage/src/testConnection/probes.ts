/**
 * How the connection test reads an object, and puts and removes one.
 */
import type { Reading, Writing } from "@mooring/core/connectionTest/probes"
import * as Effect from "effect/Effect"
import { withAcl } from "../acl.ts"
import type { StorageClient } from "../api/StorageClient.ts"
import { optionOf } from "../credentials/CredentialSource.ts"
import type { GoogleCloudStorageSettings } from "../GoogleCloudStorageSettings.ts"
import { generationOf, newResourceOf } from "../info.ts"
import { targetOf } from "../keys.ts"
import { read } from "../read.ts"
import { deleteObject, insertObject } from "../StorageApi.ts"

export const readingOf = (client: StorageClient): Reading => ({ read: read(client) })

/** The generation is removed for good, also where a bucket keeps old ones. */
export const writingOf = (client: StorageClient, { credentials }: GoogleCloudStorageSettings): Writing => ({
  put: Effect.fnUntraced(function* (path, bytes) {
    const settings = yield* client.settings
    const target = yield* targetOf(settings, path)
    const resource = yield* newResourceOf({ storageClass: undefined }, {})
    const stored = yield* withAcl(client, target.bucket, "predefinedAcl", (acl) =>
      client.repeated(insertObject(client, target, resource, bytes, acl))
    )
    return client.repeated(deleteObject(client, { ...target, generation: generationOf(stored) }))
  }),
  remover: "a role that may delete objects (storage.objects.delete)",
  pointer: optionOf(credentials)
})
