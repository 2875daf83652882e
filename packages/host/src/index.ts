/**
 * What the apps share: plugin loading, policy, sealed state and open stores.
 */
export * as Host from "./Host.ts"
export { BackendRefused, type Problem } from "./BackendRefused.ts"
export { BackendRepository, type BackendRecord } from "./BackendRepository.ts"
export { Backends, type BackendView, type ChangeOptions, type ConnectOptions } from "./Backends.ts"
export { knownProviders, packageOf } from "./knownProviders.ts"
export { loadPlugins, type LoadOptions, type PluginEntry } from "./PluginLoader.ts"
export { MountDriver, type LiveMount, type MountRequest } from "./mounts/MountDriver.ts"
export { MountRepository, type MountOptions, type PendingFile } from "./mounts/MountRepository.ts"
export { Mounts, type MountView, type MountWanted } from "./mounts/Mounts.ts"
export { OpenStores } from "./OpenStores.ts"
export { Policy, type PolicyName } from "./Policy.ts"
export { Providers } from "./Providers.ts"
export { Secrets } from "./Secrets.ts"
export { Tokens } from "./Tokens.ts"
