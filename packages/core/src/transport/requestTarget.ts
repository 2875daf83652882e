/**
 * Whom a request goes to, checked before anything is opened.
 */
import * as Result from "effect/Result"
import { parseOrigin } from "../EgressPolicy.ts"
import { StorageError } from "../StorageError.ts"
import type { HttpRequest } from "../Transport.ts"
import { targetOf, type Target } from "./target.ts"

/** A target, and the names that requests have for it. */
export interface RequestTarget extends Target {
  /** Canonical `scheme://host:port`. */
  readonly origin: string
  /** Host and port as the Host header has them. */
  readonly authority: string
}

/** What a request line can carry; as Latin-1, other characters would name another object. */
const sendablePath = /^\/[\x21-\x7e]*$/

/** The target of a request. Fails with `invalid_value` if its origin or path is not one. */
export const requestTarget = ({ origin: given, path }: HttpRequest): Result.Result<RequestTarget, StorageError> =>
  Result.flatMap(parseOrigin(given), (origin) => {
    if (!sendablePath.test(path)) {
      return Result.fail(StorageError.of("invalid_value", "the path is not a slash and visible ASCII characters"))
    }
    const url = new URL(origin)
    return Result.succeed({ origin, authority: url.host, ...targetOf(url) })
  })
