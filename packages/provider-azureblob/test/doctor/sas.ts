/** Signatures that cases need, by the vendor's client. Times are milliseconds from now. */
import {
  AccountSASPermissions,
  BlobSASPermissions,
  ContainerSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential
} from "@azure/storage-blob"
import { account, accountKey } from "../double/index.ts"

const credential = new StorageSharedKeyCredential(account, accountKey)
const version = "2022-11-02"
const hour = 3_600_000
const at = (offset: number) => new Date(Date.now() + offset)

interface AccountGrant {
  readonly permissions?: string
  readonly types?: string
  readonly services?: string
  readonly starts?: number
  readonly expires?: number
  readonly https?: boolean
}

/** The query of a signature of the double's account. */
export const accountSas = ({
  permissions = "rwdlac",
  types = "sco",
  services = "b",
  starts,
  expires = hour,
  https = false
}: AccountGrant = {}): string =>
  generateAccountSASQueryParameters(
    {
      version,
      permissions: AccountSASPermissions.parse(permissions),
      resourceTypes: types,
      services,
      expiresOn: at(expires),
      ...(starts !== undefined && { startsOn: at(starts) }),
      ...(https && { protocol: SASProtocol.Https })
    },
    credential
  ).toString()

/** The query of a signature of the container `box`. */
export const containerSas = (permissions: string): string =>
  generateBlobSASQueryParameters(
    {
      version,
      containerName: "box",
      permissions: ContainerSASPermissions.parse(permissions),
      expiresOn: at(hour)
    },
    credential
  ).toString()

/** The query of a signature of a blob in it. */
export const blobSas = (blobName: string): string =>
  generateBlobSASQueryParameters(
    { version, containerName: "box", blobName, permissions: BlobSASPermissions.parse("r"), expiresOn: at(hour) },
    credential
  ).toString()

/** A query of these parameters. */
export const sasOf = (parameters: Readonly<Record<string, string>>): string =>
  new URLSearchParams(parameters).toString()
