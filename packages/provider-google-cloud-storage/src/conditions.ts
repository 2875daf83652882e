/**
 * Conditions on the state of an object, as the API has them: numbers of generations.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"
import type { Query } from "./api/address.ts"

const changed = StorageError.of("precondition_failed", "the object is not as the condition says")

/** The generation that a validator names; one that is none names no state that there was. */
export const generationNamed = (validator: string): Effect.Effect<string, StorageError> =>
  /^\d{1,19}$/.test(validator) && !/^0+$/.test(validator) ? Effect.succeed(validator) : Effect.fail(changed)

/** The parameters of conditions on what is replaced; generation 0 is that there is nothing. */
export const conditionQuery = (options: {
  readonly ifMatch?: string
  readonly ifNoneMatch?: "*"
}): Effect.Effect<Query, StorageError> => {
  if (options.ifMatch !== undefined) {
    return Effect.map(generationNamed(options.ifMatch), (ifGenerationMatch) => ({ ifGenerationMatch }))
  }
  return Effect.succeed(options.ifNoneMatch === undefined ? {} : { ifGenerationMatch: "0" })
}
