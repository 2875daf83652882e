/**
 * A listening server over a host.
 */
import * as NodeHttpServer from "@effect/platform-node/NodeHttpServer"
import { StorageError } from "@mooring/core/StorageError"
import { Host, Mounts, Tokens, type MountDriver, type PluginEntry } from "@mooring/host"
import * as Effect from "effect/Effect"
import * as HttpServer from "effect/http/HttpServer"
import * as Layer from "effect/Layer"
import { createServer } from "node:http"
import { app } from "./app.ts"
import { announce } from "./announce.ts"
import { installedPlugins } from "./installedPlugins.ts"
import type { ServerConfig } from "./serverConfig.ts"

const cannotListen = (host: string, port: number) =>
  StorageError.of(
    "invalid_value",
    `cannot listen on ${host}:${port}: the port is taken or not permitted; set MOORING_PORT to another`
  )

/** Headers have a minute; a body may take as long as it needs. */
const listening = ({ host, port }: ServerConfig) =>
  NodeHttpServer.layerServer(() => createServer({ requestTimeout: 0, headersTimeout: 60_000 }), {
    host,
    port,
    gracefulShutdownTimeout: "5 seconds"
  }).pipe(Layer.catch(() => Layer.effectContext(Effect.fail(cannotListen(host, port)))))

const started = (config: ServerConfig) =>
  Layer.effectDiscard(
    Effect.gen(function* () {
      const { address } = yield* HttpServer.HttpServer
      const tokens = yield* Tokens
      yield* announce(HttpServer.formatAddress(address), yield* tokens.first, config)
      const mounts = yield* Mounts
      for (const { mount, error } of yield* mounts.restore) {
        yield* Effect.logError(`the mount at ${mount.target} could not be brought back: ${error.message}`)
      }
    })
  )

/** The server over these plugins; it listens as long as the layer lives, and says where. Mounts by FUSE unless told how. */
export const serveWith = (
  config: ServerConfig,
  plugins: ReadonlyArray<PluginEntry>,
  driver?: Layer.Layer<MountDriver>
) => {
  const { state, policy, env, key, mountRoot } = config
  const options = { state, policy, plugins, env, ...(key && { key }), ...(mountRoot && { mountRoot }) }
  return Layer.merge(
    Layer.unwrap(Effect.map(app, (application) => HttpServer.serve(application))),
    started(config)
  ).pipe(Layer.provideMerge(listening(config)), Layer.provide(Host.layer({ ...options, ...(driver && { driver }) })))
}

/** The server over the plugins that are installed. */
export const serve = (config: ServerConfig) =>
  Layer.unwrap(Effect.map(installedPlugins(config.state), (plugins) => serveWith(config, plugins)))
