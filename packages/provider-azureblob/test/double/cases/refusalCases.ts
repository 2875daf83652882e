/** What the vendor's client asks for and is refused. */
import type { refusals } from "../behaviours.ts"
import type { AzureDoubleOptions } from "../index.ts"
import {
  all,
  container,
  readToken,
  stored,
  storedBlob,
  strangeClient,
  textOf,
  tokenClient,
  type Fixture
} from "./fixture.ts"
import { bySas, containerSas, inAnHour } from "./rightRuns.ts"

export interface Refusal {
  readonly run: (fixture: Fixture) => Promise<unknown>
  readonly status: number
  readonly code: string
  readonly options?: AzureDoubleOptions
}

const other = '"0x8DFFFFFFFFFFFFF"'

const refused = (status: number, code: string, run: Refusal["run"], options?: AzureDoubleOptions): Refusal => ({
  run,
  status,
  code,
  ...(options && { options })
})

const archived = async (fixture: Fixture) => {
  await storedBlob(fixture).setAccessTier("Archive")
  return storedBlob(fixture)
}

const rehydrated = async (fixture: Fixture) => {
  const blob = await archived(fixture)
  await blob.setAccessTier("Hot")
  return blob
}

const leased = async (fixture: Fixture) => {
  await storedBlob(fixture).getBlobLeaseClient().acquireLease(15)
  return storedBlob(fixture)
}

const copied = (fixture: Fixture, ifMatch?: string) =>
  fixture.container
    .getBlockBlobClient("copy")
    .beginCopyFromURL(storedBlob(fixture).url, { ...(ifMatch && { sourceConditions: { ifMatch } }) })

export const refusalCases: Record<keyof typeof refusals, Refusal> = {
  containerMissing: refused(404, "ContainerNotFound", ({ client }) =>
    all(client.getContainerClient("missing").listBlobsFlat())
  ),
  containerExists: refused(409, "ContainerAlreadyExists", ({ client }) => client.createContainer(container)),
  blobMissing: refused(404, "BlobNotFound", (fixture) => fixture.container.getBlobClient("missing").download()),
  readChanged: refused(412, "ConditionNotMet", (fixture) =>
    storedBlob(fixture).download(0, undefined, { conditions: { ifMatch: other } })
  ),
  readUnchanged: refused(304, "ConditionNotMet", async (fixture) => {
    const { etag } = await storedBlob(fixture).getProperties()
    await storedBlob(fixture).download(0, undefined, { conditions: { ifNoneMatch: etag! } })
  }),
  writeChanged: refused(412, "ConditionNotMet", (fixture) =>
    storedBlob(fixture).upload("x", 1, { conditions: { ifMatch: other } })
  ),
  writeOverNothing: refused(412, "ConditionNotMet", (fixture) =>
    fixture.container.getBlockBlobClient("missing").upload("x", 1, { conditions: { ifMatch: other } })
  ),
  writeExisting: refused(409, "BlobAlreadyExists", (fixture) =>
    storedBlob(fixture).upload("x", 1, { conditions: { ifNoneMatch: "*" } })
  ),
  rangeBehind: refused(416, "InvalidRange", (fixture) => storedBlob(fixture).download(100)),
  archivedRead: refused(409, "BlobArchived", async (fixture) => (await archived(fixture)).download()),
  archivedWrite: refused(409, "BlobArchived", async (fixture) => (await archived(fixture)).upload("x", 1)),
  rehydratedRead: refused(409, "BlobBeingRehydrated", async (fixture) => (await rehydrated(fixture)).download()),
  rehydratedTier: refused(409, "BlobBeingRehydrated", async (fixture) =>
    (await rehydrated(fixture)).setAccessTier("Cool")
  ),
  snapshotsPresent: refused(409, "SnapshotsPresent", async (fixture) => {
    await storedBlob(fixture).createSnapshot()
    await storedBlob(fixture).delete()
  }),
  currentVersion: refused(
    403,
    "OperationNotAllowedOnRootBlob",
    async (fixture) => {
      const { versionId } = await storedBlob(fixture).getProperties()
      await storedBlob(fixture).withVersion(versionId!).delete()
    },
    { versioning: true }
  ),
  versionPermission: refused(
    403,
    "AuthorizationPermissionMismatch",
    async (fixture) => {
      const { versionId } = await storedBlob(fixture).getProperties()
      await storedBlob(fixture).upload("new", 3)
      await bySas(fixture, containerSas("rd")).getBlobClient(stored).withVersion(versionId!).delete()
    },
    { versioning: true }
  ),
  leaseMissing: refused(412, "LeaseIdMissing", async (fixture) => (await leased(fixture)).upload("x", 1)),
  leaseOther: refused(412, "LeaseIdMismatchWithBlobOperation", async (fixture) =>
    (await leased(fixture)).delete({ conditions: { leaseId: "00000000-0000-0000-0000-000000000000" } })
  ),
  leaseTaken: refused(409, "LeaseAlreadyPresent", async (fixture) =>
    (await leased(fixture)).getBlobLeaseClient().acquireLease(15)
  ),
  blockUnknown: refused(400, "InvalidBlockList", (fixture) => storedBlob(fixture).commitBlockList(["AAAA"])),
  sourceMissing: refused(404, "BlobNotFound", (fixture) =>
    storedBlob(fixture).beginCopyFromURL(fixture.container.getBlobClient("missing").url)
  ),
  sourceChanged: refused(412, "SourceConditionNotMet", (fixture) => copied(fixture, other)),
  sourceArchived: refused(409, "BlobArchived", async (fixture) => {
    await archived(fixture)
    await copied(fixture)
  }),
  copyPending: refused(
    409,
    "PendingCopyOperation",
    async (fixture) => {
      await copied(fixture)
      await fixture.container.getBlockBlobClient("copy").upload("x", 1)
    },
    { copyLooks: 100 }
  ),
  copyDone: refused(409, "NoPendingCopyOperation", async (fixture) => {
    await (await copied(fixture)).pollUntilDone()
    const blob = fixture.container.getBlockBlobClient("copy")
    await blob.abortCopyFromURL((await blob.getProperties()).copyId!)
  }),
  keyNotPermitted: refused(403, "KeyBasedAuthenticationNotPermitted", ({ client }) => all(client.listContainers()), {
    sharedKeys: false
  }),
  tokenUnknown: refused(401, "InvalidAuthenticationInfo", ({ double }) =>
    all(tokenClient(double.endpoint, "stranger").listContainers())
  ),
  tokenRole: refused(403, "AuthorizationPermissionMismatch", ({ double }) =>
    tokenClient(double.endpoint, readToken).getContainerClient(container).getBlockBlobClient("x").upload("x", 1)
  ),
  delegationByKey: refused(403, "AuthenticationFailed", ({ client }) =>
    client.getUserDelegationKey(new Date(), inAnHour())
  ),
  delegationLong: refused(400, "InvalidXmlNodeValue", ({ double }) =>
    tokenClient(double.endpoint, readToken).getUserDelegationKey(new Date(), new Date(Date.now() + 8 * 24 * 3_600_000))
  ),
  privateRead: refused(401, "NoAuthenticationInformation", ({ double }) =>
    textOf(strangeClient(double.endpoint).getContainerClient(container).getBlockBlobClient(stored))
  ),
  privateList: refused(401, "NoAuthenticationInformation", ({ double }) =>
    all(strangeClient(double.endpoint).getContainerClient("blobs").listBlobsFlat())
  )
}
