/**
 * Addresses of the service, some of which it tells itself.
 */
import { StorageError } from "@mooring/core"
import * as Effect from "effect/Effect"

/** Origin and path of an address and a path with query below it, as the transport wants them. */
export const placeAt = (address: string, below = "") => {
  const { origin, pathname, search } = new URL(address)
  return { origin, path: below === "" ? `${pathname}${search}` : `${pathname.replace(/\/+$/, "")}${below}` }
}

const foreign = StorageError.of("not_a_storage_endpoint", "the service sends requests to an address that is not safe", {
  pointer: "#/endpoint"
})

/** An address that an answer names: http or https, and never http where the endpoint is https, which would show tokens. */
export const trusted = (address: string | null | undefined, endpoint: string): Effect.Effect<string, StorageError> => {
  if (address === null || address === undefined || !URL.canParse(address)) return Effect.fail(foreign)
  const { protocol } = new URL(address)
  const safe = protocol === "https:" || (protocol === "http:" && endpoint.startsWith("http:"))
  return safe ? Effect.succeed(address) : Effect.fail(foreign)
}
