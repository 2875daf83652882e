/**
 * The HTTP server of Mooring.
 */
export { installedPlugins } from "./installedPlugins.ts"
export { serve } from "./serve.ts"
export { serverConfig, stateFolder, type ServerConfig } from "./serverConfig.ts"
export { backendJson, entryJson } from "./json.ts"
