/**
 * The `mooring` command, to be run by programs that have their own entry point.
 */
export { Invocation } from "./Invocation.ts"
export { mooring } from "./mooring.ts"
