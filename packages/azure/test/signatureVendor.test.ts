/**
 * Our signatures against those of `@azure/storage-blob`, on random requests; `MOORING_SEED` is the first of their seeds.
 */
import {
  BlobSASPermissions,
  generateBlobSASQueryParameters,
  SASProtocol,
  StorageSharedKeyCredential
} from "@azure/storage-blob"
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Redacted from "effect/Redacted"
import { blobSas, delegatedBlobSas } from "../src/sas.ts"
import { authorization } from "../src/sharedKey.ts"
import { serviceVersion } from "../src/version.ts"
import { randomGrant, randomRequest } from "./randomRequest.ts"
import { vendorAuthorization } from "./vendorAuthorization.ts"

const first = Number(process.env["MOORING_SEED"] ?? 1)
const seeds = Array.from({ length: 5_000 }, (_, index) => first + index)

const eachSeed = (check: (seed: number) => void) => Effect.sync(() => seeds.forEach(check))

describe(`the vendor's client agrees on seeds ${first} to ${first + seeds.length - 1}:`, () => {
  it.effect("requests signed with a shared key", () =>
    Effect.promise(async () => {
      for (const seed of seeds) {
        const { account, key, ...request } = randomRequest(seed)
        const { value, date } = await vendorAuthorization(account, key, request)
        const headers = { ...request.headers, "x-ms-date": date }
        const ours = authorization({ account, key: Redacted.make(key) }, { ...request, headers })
        assert.strictEqual(ours, value, `seed ${seed}: ${request.method} ${request.path}`)
      }
    })
  )

  it.effect("links signed with a shared key", () =>
    eachSeed((seed) => {
      const { account, key, grant } = randomGrant(seed)
      const theirs = generateBlobSASQueryParameters(
        vendorGrant(grant),
        new StorageSharedKeyCredential(account, key)
      ).toString()
      const ours = blobSas({ account, key: Redacted.make(key) }, grant)
      assert.deepStrictEqual(
        Object.fromEntries(new URLSearchParams(ours)),
        Object.fromEntries(new URLSearchParams(theirs))
      )
    })
  )

  it.effect("links signed with a key of a token", () =>
    eachSeed((seed) => {
      const { account, key, grant, delegation } = randomGrant(seed)
      const theirs = generateBlobSASQueryParameters(
        vendorGrant(grant),
        {
          signedObjectId: delegation.objectId,
          signedTenantId: delegation.tenantId,
          signedStartsOn: new Date(delegation.starts),
          signedExpiresOn: new Date(delegation.expires),
          signedService: delegation.service,
          signedVersion: delegation.version,
          value: key
        },
        account
      ).toString()
      const ours = delegatedBlobSas(account, { ...delegation, value: Redacted.make(key) }, grant)
      assert.deepStrictEqual(
        Object.fromEntries(new URLSearchParams(ours)),
        Object.fromEntries(new URLSearchParams(theirs))
      )
    })
  )
})

const vendorGrant = (grant: ReturnType<typeof randomGrant>["grant"]) => ({
  version: serviceVersion,
  containerName: grant.container,
  blobName: grant.name,
  permissions: BlobSASPermissions.parse(grant.permissions),
  protocol: grant.protocol === "https" ? SASProtocol.Https : SASProtocol.HttpsAndHttp,
  ...(grant.starts !== undefined && { startsOn: new Date(grant.starts) }),
  expiresOn: new Date(grant.expires)
})
