/**
 * All repositories over the database of a state folder; closed with the layer.
 */
import type { StorageError } from "@mooring/core/StorageError"
import * as Context from "effect/Context"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { BackendRepository } from "../BackendRepository.ts"
import { MountRepository } from "../mounts/MountRepository.ts"
import { backendRepository } from "./backendRepository.ts"
import { openDatabase } from "./database.ts"
import { mountRepository } from "./mountRepository.ts"

/** The repositories in the file `mooring.db` of the folder. */
export const layer = (folder: string): Layer.Layer<BackendRepository | MountRepository, StorageError> =>
  Layer.effectContext(
    Effect.map(openDatabase(folder), (database) =>
      Context.make(BackendRepository, backendRepository(database)).pipe(
        Context.add(MountRepository, mountRepository(database))
      )
    )
  )
