/**
 * What a provider plugin is made of.
 */
export * as Options from "./options/index.ts"
export * as ProviderPlugin from "./ProviderPlugin.ts"
export { capabilitiesOf, type Capabilities, type Limits } from "./Capabilities.ts"
export { Path } from "./Path.ts"
export { StorageError, type Reason } from "./StorageError.ts"
export { Transport } from "./Transport.ts"
export { Ambient } from "./Ambient.ts"
export { MemoryBudget } from "./MemoryBudget.ts"
export type * from "./ObjectInfo.ts"
export type * from "./ObjectStore.ts"
