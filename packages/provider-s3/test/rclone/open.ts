/**
 * Both tools at the same place of the server that a setup booted.
 */
import { pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { mebibyte } from "../openDouble.ts"
import { pluginSubject } from "../pluginSubject.ts"
import { makeRclone, remoteOf, scratchFolder, type ServerConfig } from "./Rclone.ts"
import type { TreeFile } from "./Tree.ts"

const booted = JSON.parse(process.env["MOORING_SETUP"] ?? "")

/** The name of the setup. */
export const setup: string = booted.setup

/** What the setup says of its server. */
export const config: ServerConfig = booted.config

const inParts = { ...config, chunk_size: "5Mi", upload_cutoff: "5Mi" }

const subject = pluginSubject("rclone", inParts)

/** A store and an empty place in it, what rclone calls the place, rclone, and an empty folder. */
export const open = Effect.gen(function* () {
  const { store, place } = yield* subject.open
  return { store, place, remote: remoteOf(place), folder: yield* scratchFolder, rclone: yield* makeRclone(config) }
})

/** Either tool sends it in five parts. */
export const large: TreeFile = { bytes: pattern(23 * mebibyte), modified: 1_700_000_000_123_457 }

/** Each name in a directory of its own, so that no two can become the same. */
export const apart = (names: ReadonlyArray<string | undefined>): ReadonlyArray<string> =>
  names.flatMap((name, index) => (name === undefined ? [] : [`${index}/${name}`])).toSorted()
