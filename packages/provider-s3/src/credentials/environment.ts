/**
 * Credentials in environment variables
 * (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-envvars.html; the second names are older).
 */
import type { AmbientShape } from "@mooring/core/Ambient"
import * as Effect from "effect/Effect"
import { credentialsFrom } from "./keyPair.ts"

/** The first of these variables that is not empty, or an empty text. */
export const firstOf = Effect.fnUntraced(function* ({ env }: AmbientShape, ...names: ReadonlyArray<string>) {
  for (const name of names) {
    const value = yield* env(name)
    if (value !== undefined && value !== "") return value
  }
  return ""
})

const names = {
  accessKeyId: "AWS_ACCESS_KEY_ID",
  secretAccessKey: "AWS_SECRET_ACCESS_KEY",
  sessionToken: "AWS_SESSION_TOKEN"
}

/** The credentials, or undefined if there are none. Fails with `auth_invalid` on half a pair, or as policy denies. */
export const fromEnvironment = Effect.fnUntraced(function* (ambient: AmbientShape) {
  const texts = {
    accessKeyId: yield* firstOf(ambient, names.accessKeyId, "AWS_ACCESS_KEY"),
    secretAccessKey: yield* firstOf(ambient, names.secretAccessKey, "AWS_SECRET_KEY"),
    sessionToken: yield* firstOf(ambient, names.sessionToken)
  }
  return yield* Effect.fromResult(credentialsFrom(texts, names, "the environment"))
})
