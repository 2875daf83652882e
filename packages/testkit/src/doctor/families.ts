/**
 * The cases that hold for every provider which is reached over an endpoint, in families.
 */
import * as Record from "effect/Record"
import * as assert from "node:assert/strict"
import type { DoctorCase } from "./DoctorCase.ts"
import type { DoctorSubject, Otherwise } from "./DoctorSubject.ts"
import { answers } from "./families/answers.ts"
import { clock } from "./families/clock.ts"
import { endpoint } from "./families/endpoint.ts"
import { faults } from "./families/faults.ts"
import { network } from "./families/network.ts"
import { proxies } from "./families/proxies.ts"
import { tls } from "./families/tls.ts"

const makers = { endpoint, network, tls, clock, proxies, answers, faults }

/** The generic families by name. `faults` are cases of the network that need the service. */
export type Families = Readonly<Record<keyof typeof makers, ReadonlyArray<DoctorCase>>>

const changed = (one: DoctorCase, otherwise: Otherwise): ReadonlyArray<DoctorCase> => {
  if ("inapplicable" in otherwise) return []
  const { suggestion: usual, ...rest } = one
  const { finding = one.finding, suggestion = usual } = otherwise
  assert.ok(finding !== one.finding || suggestion !== usual, `${one.name} is otherwise in nothing`)
  return [{ ...rest, finding, ...(suggestion !== undefined && finding !== "passed" && { suggestion }) }]
}

/** The generic families for a provider, with what is otherwise with it. */
export const families = (subject: DoctorSubject): Families => {
  const { otherwise = {} } = subject
  const all: Families = Record.map(makers, (make) => make(subject))
  const names = new Set(Object.values(all).flatMap((cases) => cases.map(({ name }) => name)))
  for (const name of Object.keys(otherwise)) assert.ok(names.has(name), `there is no case named ${name}`)
  return Record.map(all, (cases) =>
    cases.flatMap((one) => {
      const other = otherwise[one.name]
      return other === undefined ? [one] : changed(one, other)
    })
  )
}
