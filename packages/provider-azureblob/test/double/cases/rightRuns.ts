/** Signatures, tokens and what everybody may do, as the vendor's client uses them. */
import {
  AccountSASPermissions,
  BlobSASPermissions,
  ContainerSASPermissions,
  generateAccountSASQueryParameters,
  generateBlobSASQueryParameters,
  SASProtocol
} from "@azure/storage-blob"
import { assert } from "@effect/vitest"
import { account } from "../index.ts"
import {
  all,
  container,
  credential,
  readToken,
  stored,
  storedBody,
  strangeClient,
  textOf,
  tokenClient,
  writeToken,
  type Fixture
} from "./fixture.ts"

/** That of our signatures; the vendor's client makes those of its own version unless told otherwise. */
const version = "2022-11-02"

export const inAnHour = () => new Date(Date.now() + 3_600_000)

interface AccountGrant {
  readonly permissions?: string
  readonly types?: string
  readonly services?: string
}

/** The query of a signature of the account. */
export const accountSas = ({ permissions = "rwdlac", types = "sco", services = "b" }: AccountGrant = {}): string =>
  generateAccountSASQueryParameters(
    {
      version,
      permissions: AccountSASPermissions.parse(permissions),
      resourceTypes: types,
      services,
      expiresOn: inAnHour()
    },
    credential
  ).toString()

/** The query of a signature of `container`. */
export const containerSas = (permissions: string): string =>
  generateBlobSASQueryParameters(
    {
      version,
      containerName: container,
      permissions: ContainerSASPermissions.parse(permissions),
      expiresOn: inAnHour()
    },
    credential
  ).toString()

interface BlobGrant {
  readonly permissions?: string
  readonly expires?: Date
  readonly starts?: Date
  readonly https?: boolean
}

/** The query of a signature of the stored blob. */
export const blobSas = ({ permissions = "r", expires = inAnHour(), starts, https = false }: BlobGrant = {}): string =>
  generateBlobSASQueryParameters(
    {
      version,
      containerName: container,
      blobName: stored,
      permissions: BlobSASPermissions.parse(permissions),
      expiresOn: expires,
      ...(starts && { startsOn: starts }),
      ...(https && { protocol: SASProtocol.Https })
    },
    credential
  ).toString()

/** `container`, by a signature. */
export const bySas = ({ double }: Fixture, query: string) =>
  strangeClient(`${double.endpoint}?${query}`).getContainerClient(container)

export const rightRuns = {
  accountSas: async (fixture: Fixture) => {
    const into = bySas(fixture, accountSas())
    await into.getBlockBlobClient("made").upload("x", 1)
    assert.strictEqual((await all(into.listBlobsFlat())).length, 2)
    const service = strangeClient(`${fixture.double.endpoint}?${accountSas()}`)
    assert.strictEqual((await all(service.listContainers())).length, 3)
  },
  containerSas: async (fixture: Fixture) => {
    const into = bySas(fixture, containerSas("rwdl"))
    await into.getBlockBlobClient("made").upload("x", 1)
    assert.strictEqual((await all(into.listBlobsFlat())).length, 2)
    await into.getBlobBatchClient().deleteBlobs([into.getBlobClient("made")])
    assert.strictEqual((await all(into.listBlobsFlat())).length, 1)
    const copy = into.getBlockBlobClient("copy")
    await (await copy.beginCopyFromURL(into.getBlobClient(stored).url)).pollUntilDone()
    assert.strictEqual(await textOf(copy), storedBody)
  },
  blobSas: async (fixture: Fixture) =>
    assert.strictEqual(await textOf(bySas(fixture, blobSas()).getBlockBlobClient(stored)), storedBody),
  bearer: async ({ double }: Fixture) => {
    const into = tokenClient(double.endpoint, writeToken).getContainerClient(container)
    await into.getBlockBlobClient("made").upload("x", 1)
    const reader = tokenClient(double.endpoint, readToken).getContainerClient(container)
    assert.strictEqual((await all(reader.listBlobsFlat())).length, 2)
  },
  delegation: async (fixture: Fixture) => {
    const key = await tokenClient(fixture.double.endpoint, readToken).getUserDelegationKey(new Date(), inAnHour())
    const permissions = BlobSASPermissions.parse("r")
    const values = { version, containerName: container, blobName: stored, permissions, expiresOn: inAnHour() }
    const query = generateBlobSASQueryParameters(values, key, account).toString()
    assert.strictEqual(await textOf(bySas(fixture, query).getBlockBlobClient(stored)), storedBody)
  },
  publicBlob: async ({ double }: Fixture) => {
    const stranger = strangeClient(double.endpoint)
    for (const name of ["public", "blobs"]) {
      assert.strictEqual(await textOf(stranger.getContainerClient(name).getBlockBlobClient(stored)), storedBody)
    }
    assert.strictEqual((await all(stranger.getContainerClient("public").listBlobsFlat())).length, 1)
  }
}
