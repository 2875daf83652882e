/**
 * A proxy that breaks the way to a real server, and a server that gives answers which no honest one gives.
 */
export type { Fault } from "./Fault.ts"
export { makeFaultProxy, type FaultProxy } from "./FaultProxy.ts"
export { takeInjection, type Injection, type Matching } from "./injections.ts"
export { rawServer } from "./rawServer.ts"
