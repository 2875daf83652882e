/** The service itself, behind a way that breaks. */
import * as Effect from "effect/Effect"
import type { Fault } from "../../faults/Fault.ts"
import { makeFaultProxy } from "../../faults/FaultProxy.ts"
import { family, type DoctorCase, type Situation } from "../DoctorCase.ts"
import type { DoctorSubject } from "../DoctorSubject.ts"
import { inventoryOf } from "../worlds.ts"

export const faults = ({ service, optionsFor, endpoint }: DoctorSubject): ReadonlyArray<DoctorCase> => {
  const beside = (fault: Fault, situation: Partial<Situation> = {}) =>
    Effect.gen(function* () {
      const it = yield* service
      const proxy = yield* makeFaultProxy({ host: "127.0.0.1", port: Number(new URL(it.origin).port) })
      yield* proxy.set(fault)
      const config = optionsFor(`http://127.0.0.1:${proxy.port}`)
      return { config, at: it.at, ...inventoryOf(it), ...situation }
    })
  const answers = "an address and port at which the service answers"
  return family("network", [
    {
      name: "connections are refused",
      arrange: beside({ kind: "refuse" }),
      finding: `connect failed provider_unavailable ${endpoint}`,
      suggestion: answers
    },
    {
      name: "nothing ever answers",
      arrange: beside({ kind: "blackHole" }, { transport: { idleTimeout: 300 } }),
      finding: `connect failed timeout ${endpoint}`,
      suggestion: answers
    },
    {
      name: "a gateway without its service",
      arrange: beside({ kind: "unavailable" }),
      finding: "authenticate failed provider_unavailable -",
      suggestion: "try again later"
    },
    { name: "every block is late", arrange: beside({ kind: "latency", delay: 50 }, { write: true }), finding: "passed" }
  ])
}
