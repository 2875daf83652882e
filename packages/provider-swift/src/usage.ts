/**
 * What is stored and what may be, as the account and containers say in their headers.
 */
import type { ObjectStore, Usage } from "@mooring/core"
import type { Headers } from "@mooring/core/Transport"
import * as Effect from "effect/Effect"
import type { SwiftClient } from "./api/SwiftClient.ts"
import { containerOf } from "./keys.ts"
import { headAccount, headContainer } from "./SwiftApi.ts"

const numberIn = (headers: Headers, name: string): number | undefined =>
  /^\d{1,16}$/.test(headers[name] ?? "") ? Number(headers[name]) : undefined

/**
 * Totals and quota of the headers whose names begin so
 * (https://docs.openstack.org/swift/latest/middleware.html#container-quotas).
 */
export const usageIn = (headers: Headers, prefix: "x-account" | "x-container"): Usage => {
  const used = numberIn(headers, `${prefix}-bytes-used`)
  const objects = numberIn(headers, `${prefix}-object-count`)
  const total = numberIn(headers, `${prefix}-meta-quota-bytes`)
  return {
    ...(used !== undefined && { used }),
    ...(objects !== undefined && { objects }),
    ...(total !== undefined && { total }),
    ...(total !== undefined && used !== undefined && { free: Math.max(0, total - used) })
  }
}

/** Of the container of a path, or of the account; segments in a container of their own are not counted. */
export const usage = (client: SwiftClient): NonNullable<ObjectStore["usage"]> =>
  Effect.fnUntraced(function* (path) {
    if (path.length === 0) return usageIn(yield* client.repeated(headAccount(client)), "x-account")
    const container = yield* containerOf(yield* client.settings, path)
    return usageIn(yield* client.repeated(headContainer(client, container)), "x-container")
  })
