/** The strict Azure Blob Storage of provider-azureblob's tests. */
export { account, accountKey, startAzureDouble, type AzureDouble, type AzureDoubleOptions } from "./AzureDouble.ts"
export { behaviours, type BehaviourId } from "./behaviours.ts"
