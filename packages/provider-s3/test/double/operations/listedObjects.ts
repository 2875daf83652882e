/** What both versions of ListObjects tell of a page. */
import type { StoredObject } from "../objects.ts"
import { element } from "../xml.ts"
import type { ListingPage } from "./listingPage.ts"

/** `owner` is told of every object or of none. */
export const listedObjects = (
  { items, prefixes }: ListingPage<StoredObject>,
  encode: (text: string) => string,
  owner: boolean,
  directory = false
): ReadonlyArray<string> => [
  ...items.map(({ key, lastModified, etag, body, system }) =>
    element("Contents", [
      element("Key", encode(key)),
      element("LastModified", new Date(lastModified).toISOString()),
      element("ETag", etag),
      element("Size", body.length),
      ...(owner ? [element("Owner", [element("ID", "double")])] : []),
      element("StorageClass", system["x-amz-storage-class"] ?? (directory ? "EXPRESS_ONEZONE" : "STANDARD"))
    ])
  ),
  ...prefixes.map((found) => element("CommonPrefixes", [element("Prefix", encode(found))]))
]
