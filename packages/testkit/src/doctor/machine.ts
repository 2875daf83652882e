/**
 * The machine on which a case runs: what its names resolve to, what it gives to providers, and its clock.
 */
import { MemoryBudget, StorageError } from "@mooring/core"
import { local } from "@mooring/core/EgressPolicy"
import { layer as ambientLayer } from "@mooring/core/NodeAmbient"
import { layer as transportLayer } from "@mooring/core/UndiciTransport"
import * as Clock from "effect/Clock"
import * as Duration from "effect/Duration"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import type { Situation } from "./DoctorCase.ts"

const memory = 8 * 1024 * 1024

/** What a provider gets from the host. */
export const hostOf = ({ hosts = [], transport, ambient = { env: {}, allow: "none" } }: Situation) =>
  Layer.mergeAll(
    transportLayer({
      policy: local,
      lookup: (host) =>
        host === "localhost" || hosts.includes(host)
          ? Effect.succeed(["127.0.0.1"])
          : Effect.fail(StorageError.of("dns_failed", `the host name ${host} did not resolve`)),
      ...transport
    }),
    ambientLayer(ambient),
    MemoryBudget.layer(memory)
  )

/** The same effect under the clock of the situation: one that is ahead, or whose waits are shorter. */
export const underClockOf = <A, E, R>(
  { clockOffset = 0, haste = 1 }: Situation,
  effect: Effect.Effect<A, E, R>
): Effect.Effect<A, E, R> =>
  Clock.clockWith((clock) => {
    const now = () => clock.currentTimeMillisUnsafe() + clockOffset
    const nanos = () => clock.currentTimeNanosUnsafe() + BigInt(clockOffset) * 1_000_000n
    const other: Clock.Clock = {
      currentTimeMillisUnsafe: now,
      currentTimeMillis: Effect.sync(now),
      monotonicTimeNanosUnsafe: () => clock.monotonicTimeNanosUnsafe(),
      monotonicTimeNanos: clock.monotonicTimeNanos,
      currentTimeNanosUnsafe: nanos,
      currentTimeNanos: Effect.sync(nanos),
      sleep: (duration) => clock.sleep(Duration.millis(Duration.toMillis(duration) / haste))
    }
    return Effect.provideService(effect, Clock.Clock, other)
  })
