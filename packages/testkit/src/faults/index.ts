/**
 * A proxy that breaks the way to a real server.
 */
export type { Fault } from "./Fault.ts"
export { makeFaultProxy, type FaultProxy } from "./FaultProxy.ts"
