/**
 * Objects that are in an archive: what is to be done before they can be read.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/restoring-objects.html
 */
import { StorageError } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { S3Client } from "./api/S3Client.ts"
import type { VersionTarget } from "./keys.ts"
import { headObject } from "./S3Api.ts"

/** What HEAD tells of an archived object: its class, and whether somebody asked for it already. */
const hintOf = (headers: Headers): { readonly detail: string; readonly suggestion: string } =>
  headers["x-amz-restore"]?.includes('ongoing-request="true"') === true
    ? { detail: "the object is being restored from its archive", suggestion: "try again when it is done: in hours" }
    : {
        detail: `the object is in the archive ${headers["x-amz-storage-class"] ?? "of the service"}`,
        suggestion: "ask the service to restore it (RestoreObject), and read it when that is done"
      }

/** The refusal to read an archived object, with what is to be done; any other error as it is. */
export const explainArchived = (client: S3Client, target: VersionTarget, error: StorageError) =>
  error.reason._tag === "archived_tier"
    ? Effect.match(client.repeated(headObject(client, target)), {
        onSuccess: (headers) => StorageError.with(error, hintOf(headers)),
        onFailure: () => error
      })
    : Effect.succeed(error)
