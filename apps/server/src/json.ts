/**
 * What the host shows, as the JSON of the contract: field by field, so nothing else gets out.
 */
import type { Answers, DocumentedProvider } from "@mooring/contract"
import type { Entry } from "@mooring/core/ObjectInfo"
import { Path } from "@mooring/core/Path"
import type { ProviderPlugin } from "@mooring/core/ProviderPlugin"
import type { BackendView, MountView } from "@mooring/host"
import * as DateTime from "effect/DateTime"
import { etagOf } from "./validators.ts"

const time = (milliseconds: number): string => DateTime.formatIso(DateTime.makeUnsafe(Math.round(milliseconds)))

/** A backend; secrets are already `{ "set": true }`. */
export const backendJson = (backend: BackendView): typeof Answers.BackendJson.Type => ({
  id: backend.id,
  provider: backend.provider,
  backend_type: backend.backendType,
  type: "object_storage",
  ...(backend.name !== undefined && { name: backend.name }),
  options: backend.options,
  created: time(backend.created),
  revision: backend.revision,
  mount_paths: backend.mountPaths
})

/** The answer to a connected backend. */
export const connectedJson = ({ id, backendType, mountPaths }: BackendView): typeof Answers.Connected.Type => ({
  success: true,
  message: "Backend connected successfully",
  data: { id, backend_type: backendType, type: "object_storage", mount_paths: mountPaths }
})

/** A mount. */
export const mountJson = (mount: MountView): typeof Answers.MountJson.Type => ({
  id: mount.id,
  backend: mount.backend,
  path: mount.path,
  target: mount.target,
  state: mount.state,
  read_only: mount.options.readOnly,
  pending: mount.pending,
  created: time(mount.created)
})

/** A provider. */
export const providerJson = (plugin: ProviderPlugin): typeof Answers.ProviderJson.Type => {
  const { id, backendType, title, description, jsonSchema } = plugin.describe()
  return { id, backend_type: backendType, title, description, schema: jsonSchema }
}

/** What the OpenAPI document needs of a provider. */
export const documented = (plugin: ProviderPlugin): DocumentedProvider => plugin.describe()

/** One thing in a listing. */
export const entryJson = (entry: Entry): typeof Answers.EntryJson.Type => ({
  kind: entry.kind,
  path: Path.display(entry.path),
  ...(entry.modified !== undefined && { modified: time(entry.modified) }),
  ...(entry.kind === "object" && {
    ...(entry.size !== undefined && { size: entry.size }),
    ...(entry.validator !== undefined && { etag: etagOf(entry.validator) }),
    ...(entry.contentType !== undefined && { content_type: entry.contentType }),
    ...(entry.checksums && { checksums: entry.checksums as Record<string, string> }),
    ...(entry.metadata && { metadata: entry.metadata }),
    ...(entry.tier !== undefined && { tier: entry.tier })
  })
})
