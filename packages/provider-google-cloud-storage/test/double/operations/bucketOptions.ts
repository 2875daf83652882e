/**
 * What a client may set of a bucket.
 *
 * Source: https://cloud.google.com/storage/docs/json_api/v1/buckets#resource
 */
import { storageClasses, type Sent } from "../attributes.ts"
import type { Bucket } from "../objects.ts"
import { invalid, unknown } from "../Refusal.ts"

export type BucketOptions = Partial<
  Pick<Bucket, "location" | "storageClass" | "versioning" | "uniformAccess" | "requesterPays">
>

const flagIn = (value: unknown, name: string, inner: ReadonlyArray<string>): boolean => {
  let found = value
  for (const step of inner) {
    if (typeof found !== "object" || found === null) throw invalid(`The field ${name} is no object.`)
    const extra = Object.keys(found).find((one) => one !== step && one !== "publicAccessPrevention")
    if (extra !== undefined) throw unknown(`the field ${name}.${extra}`)
    found = (found as Sent)[step]
  }
  if (typeof found !== "boolean") throw invalid(`The field ${name} holds no boolean.`)
  return found
}

const locationOf = (value: unknown): string => {
  const location = String(value).toUpperCase()
  if (!/^(US|EU|ASIA|[A-Z]{3,4}\d{1,2}|[A-Z]+-[A-Z]+\d+)$/.test(location))
    throw invalid("The specified location constraint is not valid.")
  return location
}

const readers: Readonly<Record<string, (value: unknown) => BucketOptions>> = {
  name: () => ({}),
  kind: () => ({}),
  location: (value) => ({ location: locationOf(value) }),
  storageClass: (value) => {
    if (!storageClasses.includes(String(value))) throw invalid("Invalid argument.")
    return { storageClass: String(value) }
  },
  versioning: (value) => ({ versioning: flagIn(value, "versioning", ["enabled"]) }),
  billing: (value) => ({ requesterPays: flagIn(value, "billing", ["requesterPays"]) }),
  iamConfiguration: (value) => ({
    uniformAccess: flagIn(value, "iamConfiguration", ["uniformBucketLevelAccess", "enabled"])
  })
}

/** Reads a resource; a field that the double does not know is refused. */
export const readBucketOptions = (sent: Sent): BucketOptions => {
  const options: BucketOptions = {}
  for (const [name, value] of Object.entries(sent)) {
    const read = readers[name]
    if (read === undefined) throw unknown(`the field ${name}`)
    Object.assign(options, read(value))
  }
  return options
}
