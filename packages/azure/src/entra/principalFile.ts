/**
 * The file that `az ad sp create-for-rbac` prints: a service principal with its secret.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import * as Schema from "effect/Schema"
import { secretToken, type Doors } from "./grants.ts"

const PrincipalFile = Schema.fromJsonString(
  Schema.Struct({ appId: Schema.NonEmptyString, password: Schema.NonEmptyString, tenant: Schema.NonEmptyString })
)

const pointer = "#/service_principal_file"

/** A token for the principal of a file, which is read anew each time. */
export const principalFileToken = Effect.fnUntraced(function* (doors: Doors, { path }: { readonly path: string }) {
  const bytes = yield* Effect.mapError(doors.ambient.readFile(path), (error) => StorageError.with(error, { pointer }))
  const principal = yield* Effect.mapError(
    Schema.decodeUnknownEffect(PrincipalFile)(new TextDecoder().decode(bytes)),
    () => StorageError.of("invalid_value", "the file is not JSON with appId, password and tenant", { pointer })
  )
  const { appId: clientId, tenant, password } = principal
  const blame = { tenant: pointer, client: pointer, proof: pointer }
  return yield* secretToken(doors, { tenant, clientId, secret: Redacted.make(password) }, blame)
})
