/**
 * A token of Microsoft Entra for Azure Storage, from wherever an identity is kept.
 */
import type { StorageError } from "@mooring/core"
import type { AmbientShape } from "@mooring/core/Ambient"
import type { TransportShape } from "@mooring/core/Transport"
import type * as Effect from "effect/Effect"
import type { AccessToken } from "../Authority.ts"
import type { TokenSource } from "../Identity.ts"
import { cliToken } from "./cli.ts"
import { environmentToken } from "./environment.ts"
import { certificateToken, publicAuthority, secretToken, userToken, type Doors } from "./grants.ts"
import { managedToken } from "./managedIdentity.ts"
import { principalFileToken } from "./principalFile.ts"

/** One try to get a token. Fails with `auth_invalid` and its like, with the option to blame. */
export const tokenFrom = (
  source: TokenSource,
  transport: TransportShape,
  ambient: AmbientShape
): Effect.Effect<AccessToken, StorageError> => {
  const doors: Doors = { transport, ambient, authority: publicAuthority }
  switch (source.kind) {
    case "secret":
      return secretToken(doors, source)
    case "certificate":
      return certificateToken(doors, source)
    case "user":
      return userToken(doors, source)
    case "principalFile":
      return principalFileToken(doors, source)
    case "managed":
      return managedToken(doors, source.identity)
    case "cli":
      return cliToken(doors, source.tenant)
    case "environment":
      return environmentToken(doors, source.identity)
  }
}
