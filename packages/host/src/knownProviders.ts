/**
 * The providers that Mooring knows of, whether or not they are installed here.
 */

/** The fifteen ids of the specification, and the local directory that the apps bring. */
export const knownProviders = [
  "azureblob",
  "azurefiles",
  "b2",
  "cloudinary",
  "google-cloud-storage",
  "imagekit",
  "internetarchive",
  "local",
  "netstorage",
  "oracleobjectstorage",
  "qingstor",
  "s3",
  "sia",
  "storj",
  "swift",
  "tardigrade"
] as const

/** The npm package of a provider. */
export const packageOf = (id: string): string => `@mooring/provider-${id}`

/** The known id for a name as a request spells it; the specification writes one of them with blanks. */
export const knownId = (name: string): string | undefined =>
  knownProviders.find((id) => id === name || (id === "google-cloud-storage" && name === "google cloud storage"))
