/**
 * The HTTP server of Mooring.
 */
export { installedPlugins } from "./installedPlugins.ts"
export { serve } from "./serve.ts"
export { serverConfig, stateFolder, type ServerConfig } from "./serverConfig.ts"
export { backendJson, entryJson, mountJson } from "./json.ts"
export { permissionsOf } from "./mounts.ts"
