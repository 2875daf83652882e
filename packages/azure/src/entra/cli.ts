/**
 * Tokens of whoever is signed in to the Azure CLI on the machine.
 *
 * Source: https://learn.microsoft.com/cli/azure/account#az-account-get-access-token
 */
import { StorageError } from "@mooring/core"
import * as Clock from "effect/Clock"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import type { AccessToken } from "../Authority.ts"
import type { Doors } from "./grants.ts"
import { storageResource } from "./tokenRequest.ts"

/** `expires_on` is in seconds since 1970 and missing in versions before 2.54. */
const Output = Schema.fromJsonString(
  Schema.Struct({ accessToken: Schema.NonEmptyString, expires_on: Schema.optionalKey(Schema.Number) })
)

/** Milliseconds that a token is used whose end is only written in local time. */
const shortLife = 300_000

const pointer = "#/use_az"

/** A token of the signed-in user, in a tenant if one is named. */
export const cliToken = Effect.fnUntraced(function* (
  { ambient }: Doors,
  tenant: string
): Effect.fn.Return<AccessToken, StorageError> {
  const named = tenant === "" ? [] : ["--tenant", tenant]
  const args = ["account", "get-access-token", "--output", "json", "--resource", storageResource, ...named]
  const output = yield* Effect.mapError(ambient.run("az", args), (error) =>
    error.reason._tag === "auth_invalid"
      ? StorageError.of("auth_invalid", "the Azure CLI gave no token: it is not installed, or nobody is signed in", {
          pointer,
          suggestion: "az login"
        })
      : error
  )
  const { accessToken, expires_on: ends } = yield* Effect.mapError(Schema.decodeUnknownEffect(Output)(output), () =>
    StorageError.of("auth_invalid", "the Azure CLI answered with something else than a token", { pointer })
  )
  const now = yield* Clock.currentTimeMillis
  return { token: Redacted.make(accessToken), expires: ends === undefined ? now + shortLife : ends * 1000 }
})
