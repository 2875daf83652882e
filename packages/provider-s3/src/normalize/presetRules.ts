/**
 * What a preset does to options: it stands in for defaults, and refuses what its vendor lacks.
 */
import type { ProviderPlugin } from "@mooring/core"
import { nearest } from "@mooring/core/options/nearest"
import type { Preset } from "../presets/index.ts"
import type { S3Config } from "../S3Config.ts"

type Config = typeof S3Config.Type

/** The config with defaults that suit the vendor. What was written stays, even where it is beyond a limit. */
export const fittedTo = (preset: Preset, config: Config, given: ReadonlySet<string>): Config => ({
  ...config,
  ...(!given.has("chunk_size") && { chunk_size: Math.max(config.chunk_size, preset.minChunkSize) }),
  ...(!given.has("max_upload_parts") && {
    max_upload_parts: Math.min(config.max_upload_parts, preset.maxUploadParts)
  }),
  ...(!given.has("copy_cutoff") && { copy_cutoff: preset.copyCutoff ?? config.copy_cutoff })
})

/** An issue for each option that asks for what is not in a list of the preset. The service is not asked. */
export const unknownIn = (preset: Preset, config: Config): ReadonlyArray<ProviderPlugin.Issue> => {
  const lists = [
    ["acl", preset.acls],
    ["bucket_acl", preset.bucketAcls],
    ["storage_class", preset.storageClasses]
  ] as const
  return lists.flatMap(([name, known]) => {
    const value = config[name]
    if (value === "" || known === undefined || known.includes(value)) return []
    const suggestion = nearest(value, known)
    return [
      {
        pointer: `#/${name}`,
        code: "invalid_value" as const,
        detail: `must be one of those of the provider: ${known.join(", ")}; the provider Other takes any`,
        ...(suggestion !== undefined && { suggestion })
      }
    ]
  })
}
