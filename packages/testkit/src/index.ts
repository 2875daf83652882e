/**
 * Conformance suites as plain values, the steps they are made of, and a store that fails by script.
 */
export * from "./bodies.ts"
export { defects, type Defect } from "./defects/index.ts"
export { faultyStore, type Fault, type FaultyStore } from "./faultyStore.ts"
export { lowered, overridesOf } from "./lowered.ts"
export * as needs from "./needs.ts"
export { promise, promiseThroughFaults } from "./promise.ts"
export { capabilitiesOfSubject, missing, runSuites, runTest, type Outcome } from "./runSuites.ts"
export { sendPresigned } from "./sendPresigned.ts"
export * as steps from "./steps.ts"
export type * from "./Suite.ts"
export { hostileNames, type HostileName } from "./suites/hostileNames.ts"
export { suites } from "./suites/index.ts"
