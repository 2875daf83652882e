/** Which account, container and blob a request addresses, with the account first in the path as at an emulator. */
import { AzureFailure } from "./AzureFailure.ts"
import { decodeText } from "./rawRequest.ts"

export type Level = "service" | "container" | "blob"

export interface Target {
  readonly level: Level
  readonly account: string
  /** Empty at the service. */
  readonly container: string
  /** The exact name; empty at the service and at a container. */
  readonly blob: string
}

const containerPattern = /^(?:\$root|\$web|\$logs|(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*)$/

/** Source: https://learn.microsoft.com/rest/api/storageservices/naming-and-referencing-containers--blobs--and-metadata */
export const resolveTarget = (path: string): Target => {
  const [, account = "", container, ...rest] = path.split("/").map((part) => decodeText(part))
  if (container === undefined || container === "") return { level: "service", account, container: "", blob: "" }
  if (!containerPattern.test(container))
    throw new AzureFailure(400, "InvalidResourceName", "The specified resource name contains invalid characters.")
  const blob = rest.join("/")
  if (blob.length > 1024) throw new AzureFailure(400, "InvalidUri", "The name of the blob is too long.")
  return { level: blob === "" ? "container" : "blob", account, container, blob }
}
