/**
 * The identity of the machine, in the order of application default credentials: the file that a variable names, else the
 * one that gcloud writes.
 *
 * Source: https://google.aip.dev/auth/4110, https://cloud.google.com/docs/authentication/application-default-credentials
 */
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"
import { identityInFile } from "./identityInFile.ts"

const pointer = "#/env_auth"

/** Where gcloud keeps its files: CLOUDSDK_CONFIG, else a folder of the user, which Windows names in APPDATA. */
const gcloudFolder = Effect.fnUntraced(function* ({ env }: AmbientShape) {
  const chosen = yield* env("CLOUDSDK_CONFIG")
  if (chosen) return chosen
  const roaming = yield* env("APPDATA")
  return roaming ? `${roaming}/gcloud` : "~/.config/gcloud"
})

/** The identity of a file, or undefined if there is none. A file that the variable names must be there. */
export const defaultIdentity = Effect.fnUntraced(function* (ambient: AmbientShape) {
  const named = yield* ambient.env("GOOGLE_APPLICATION_CREDENTIALS")
  if (named) return yield* identityInFile(ambient, named, pointer)
  const path = `${yield* gcloudFolder(ambient)}/application_default_credentials.json`
  const there = yield* Effect.result(ambient.readFile(path))
  if (there._tag === "Failure" && there.failure.reason._tag === "not_found") return undefined
  return yield* identityInFile(ambient, path, pointer)
})
