/**
 * Where a request goes: the container and the name in the path, and the query.
 */
import { encodeKey, queryText } from "@mooring/azure/percent"
import type { AzureBlobSettings } from "../AzureBlobSettings.ts"

export interface Place {
  readonly container?: string | undefined
  readonly name?: string | undefined
  /** Undefined values are left out. */
  readonly query?: Readonly<Record<string, string | undefined>> | undefined
}

/** Path and query of a container or blob, or of the account. */
export const pathOf = (
  { basePath }: Pick<AzureBlobSettings, "basePath">,
  { container, name, query }: Place
): string => {
  const place = container === undefined ? "/" : `/${encodeKey(container)}`
  return `${basePath}${place}${name === undefined ? "" : `/${encodeKey(name)}`}${queryText(query)}`
}

/** The address of a blob, without any right to it. */
export const urlOf = (settings: Pick<AzureBlobSettings, "origin" | "basePath">, place: Place): string =>
  `${settings.origin}${pathOf(settings, place)}`
