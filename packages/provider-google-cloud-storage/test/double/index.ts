/** The strict Cloud Storage double of the provider's tests. */
export {
  newServiceAccount,
  type Identity,
  type Federation,
  type OAuthClient,
  type Permission,
  type ServiceAccount
} from "./identities.ts"
export {
  defaultServiceAccount,
  startStorageDouble,
  type StorageDouble,
  type StorageDoubleOptions
} from "./StorageDouble.ts"
