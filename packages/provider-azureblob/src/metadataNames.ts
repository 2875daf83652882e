/**
 * Names of metadata. Azure takes those of variables in C# only; others are kept as AzCopy keeps them: under a name with
 * `rename_` before it and `_` for each other character, with the name that was meant beside it under `rename_key_`.
 *
 * Source: https://learn.microsoft.com/azure/storage/common/storage-use-azcopy-s3#handling-invalid-metadata-keys
 */

const valid = /^[a-z_][a-z0-9_]*$/

type Metadata = Readonly<Record<string, string>>

/** What is stored of metadata with names in lower case; undefined if two names would become one. */
export const storedNames = (metadata: Metadata): Metadata | undefined => {
  const stored = new Map<string, string>()
  for (const [name, value] of Object.entries(metadata)) {
    const resolved = name.replaceAll(/[^a-z0-9_]/g, "_")
    const pairs: ReadonlyArray<readonly [string, string]> = valid.test(name)
      ? [[name, value]]
      : [
          [`rename_${resolved}`, value],
          [`rename_key_${resolved}`, name]
        ]
    for (const [key, text] of pairs) {
      if (stored.has(key)) return undefined
      stored.set(key, text)
    }
  }
  return Object.fromEntries(stored)
}

/** The metadata that was meant. A name that has no other beside it is taken as it is. */
export const meantNames = (stored: Metadata): Metadata =>
  Object.fromEntries(
    Object.entries(stored).flatMap(([name, value]) => {
      const renamed = name.startsWith("rename_key_") && Object.hasOwn(stored, `rename_${name.slice(11)}`)
      if (renamed) return []
      const meant = name.startsWith("rename_") ? stored[`rename_key_${name.slice(7)}`] : undefined
      return [[meant ?? name, value] as const]
    })
  )
