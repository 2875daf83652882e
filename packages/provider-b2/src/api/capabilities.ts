/**
 * What a key may do. A service that refuses does not say what was missing, so it is looked at before anything is sent.
 *
 * Source: https://www.backblaze.com/docs/cloud-storage-application-key-capabilities
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Authorization } from "./authorize.ts"

/** Those that calls of this provider need. */
export type Capability =
  | "listBuckets"
  | "writeBuckets"
  | "deleteBuckets"
  | "listFiles"
  | "readFiles"
  | "shareFiles"
  | "writeFiles"
  | "deleteFiles"

const denied = (detail: string, suggestion: string) =>
  Effect.fail(StorageError.of("permission_denied", detail, { pointer: "#/key", suggestion }))

/** Fails with `permission_denied` and the name of the capability if the key lacks it. */
export const requireCapability = ({ capabilities }: Authorization, name: Capability) =>
  capabilities === undefined || capabilities.has(name)
    ? Effect.void
    : denied(`the application key lacks the capability ${name}`, `a key with the capability ${name}`)

/** Fails with `permission_denied` if the key is for names that begin otherwise. */
export const requirePrefix = ({ namePrefix }: Authorization, name: string) =>
  name.startsWith(namePrefix)
    ? Effect.void
    : denied("the application key is for names that begin otherwise", "a path below the prefix of the key")

/** The error of a bucket that the key is not for. */
export const otherBucket = denied(
  "the application key is for other buckets",
  "one of the buckets of the key, or a key without buckets"
)
