/**
 * The plugin: wiring only.
 */
import { ProviderPlugin, type ObjectStore } from "@mooring/core"
import * as Effect from "effect/Effect"
import { copy, move, setModified } from "./copy.ts"
import { createDirectory, moveDirectory, removeDirectory } from "./directories.ts"
import { listPage } from "./list.ts"
import { LocalConfig } from "./LocalConfig.ts"
import { maxSegment } from "./names.ts"
import { normalize, type LocalSettings } from "./normalize.ts"
import { writeAt } from "./patch.ts"
import { read } from "./read.ts"
import { remove } from "./remove.ts"
import { stat } from "./stat.ts"
import { testConnection } from "./testConnection.ts"
import { usage } from "./usage.ts"
import { write } from "./write.ts"

const storeOf = (settings: LocalSettings): ObjectStore => ({
  limits: {
    containers: false,
    validator: "strong",
    visibility: "immediate",
    atomicWrite: true,
    order: "bytes",
    missingDirectories: "not_found",
    emptyObjects: true,
    realDirectories: true,
    objectsBesideDirectories: false,
    writeConditions: ["ifMatch", "ifNoneMatch"],
    stores: ["modified"],
    modifiedPrecision: 1,
    maxSegment
  },
  check: Effect.asVoid(stat(settings)([])),
  stat: stat(settings),
  listPage: listPage(settings),
  read: read(settings),
  write: write(settings),
  remove: remove(settings),
  copy: copy(settings),
  move: move(settings),
  setModified: setModified(settings),
  createDirectory: createDirectory(settings),
  removeDirectory: removeDirectory(settings),
  moveDirectory: moveDirectory(settings),
  usage: usage(settings),
  writeAt: writeAt(settings)
})

/** The provider `local`. */
export const Local = ProviderPlugin.make({
  id: "local",
  backendType: "local",
  title: "Local directory",
  description: "A directory of this machine. Refused on a server that is open to strangers.",
  config: LocalConfig,
  normalize,
  testConnection,
  open: (settings) => Effect.map(settings, storeOf)
})
