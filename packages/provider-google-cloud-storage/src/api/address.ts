/**
 * Where a request goes: the parts of the path, each escaped, and the query.
 */
import type { GoogleCloudStorageSettings } from "../GoogleCloudStorageSettings.ts"

type Address = Pick<GoogleCloudStorageSettings, "origin" | "basePath">

/** Values to be sent; those that are undefined are left out. */
export type Query = Readonly<Record<string, string | number | boolean | undefined>>

/** Percent-encodes all but the unreserved characters of RFC 3986, a slash too. */
export const escaped = (text: string): string =>
  encodeURIComponent(text).replace(/[!'()*]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)

/** `?` and the values in their order; empty if there is none. */
export const queryText = (query: Query = {}): string => {
  const parts = Object.entries(query).flatMap(([name, value]) =>
    value === undefined ? [] : [`${escaped(name)}=${escaped(String(value))}`]
  )
  return parts.length === 0 ? "" : `?${parts.join("&")}`
}

/** Which of the addresses of the API: uploads have one of their own, without the path of an endpoint before it. */
export type Door = "json" | "upload"

/** Path and query of a request. */
export const pathOf = ({ basePath }: Address, door: Door, place: ReadonlyArray<string>, query?: Query): string =>
  `${door === "upload" ? "/upload/storage/v1" : basePath}/${place.map(escaped).join("/")}${queryText(query)}`

/** The parts of the path to an object, or to the objects of a bucket. */
export const objectPlace = (bucket: string, name?: string): ReadonlyArray<string> =>
  name === undefined ? ["b", bucket, "o"] : ["b", bucket, "o", name]

/** The path of an object at the service itself, with its slashes: where everybody reads what is public. */
export const publicPath = (bucket: string, name: string): string =>
  `/${escaped(bucket)}/${name.split("/").map(escaped).join("/")}`
