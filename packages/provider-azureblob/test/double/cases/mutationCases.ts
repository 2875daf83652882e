/** For every rule the one change to a valid request that breaks it. */
import type { mutations } from "../behaviours.ts"
import { account, type AzureDoubleOptions } from "../index.ts"
import { rawRequestOf } from "../rawRequest.ts"
import { textToSign } from "../sharedKey.ts"
import {
  type bases,
  batching,
  byAccount,
  bySignature,
  committing,
  copying,
  getting,
  listing,
  putting,
  staging
} from "./bases.ts"
import { container, credential, stored } from "./fixture.ts"
import { accountSas, blobSas } from "./rightRuns.ts"
import { sign, type Unsigned, type WireRequest } from "./wire.ts"

export interface Mutation {
  readonly base: keyof typeof bases
  readonly mutate: (valid: WireRequest) => WireRequest | Promise<WireRequest>
  readonly status: number
  readonly code: string
  readonly options?: AzureDoubleOptions
}

type Change = Mutation["mutate"]

const of =
  (base: Mutation["base"]) =>
  (status: number, code: string, mutate: Change): Mutation => ({ base, status, code, mutate })

const withHeader =
  (name: string, value: string): Change =>
  (valid) => ({ ...valid, headers: { ...valid.headers, [name]: value } })

const without =
  (name: string): Change =>
  ({ headers: { [name]: _, ...headers }, ...valid }) => ({ ...valid, headers })

const inTarget =
  (pattern: RegExp, text: string): Change =>
  (valid) => ({ ...valid, target: valid.target.replace(pattern, text) })

/** Signed anew, with other headers. */
const again =
  (base: Unsigned, headers: Readonly<Record<string, string>>, changes: Partial<Unsigned> = {}): Change =>
  () =>
    sign({ ...base, ...changes, headers: { ...base.headers, ...headers } })

const minutes = 60_000

/** Signed at another time, by the vendor's signer for the text that the double computes. */
const at =
  (offset: number): Change =>
  ({ headers: { authorization: _, ...others }, ...valid }) => {
    const headers = { ...others, "x-ms-date": new Date(Date.now() + offset).toUTCString() }
    const request = rawRequestOf(valid.method, valid.target, Object.entries(headers), Buffer.from(valid.body))
    const signature = credential.computeHMACSHA256(textToSign(account, request))
    return { ...valid, headers: { ...headers, authorization: `SharedKey ${account}:${signature}` } }
  }

const ofPut = of("put")
const ofList = of("list")
const ofSas = of("sas")
const ofAccount = of("account")
const ofBatch = of("batch")
const failed = [403, "AuthenticationFailed"] as const
const badHeader = [400, "InvalidHeaderValue"] as const
const badQuery = [400, "InvalidQueryParameterValue"] as const
const otherKey = Buffer.from("another key").toString("base64")

export const mutationCases: Record<keyof typeof mutations, Mutation> = {
  signatureFlipped: ofPut(...failed, (valid) =>
    withHeader("authorization", valid.headers["authorization"]!.replace(/:../, ":AA"))(valid)
  ),
  pathFlipped: ofPut(...failed, inTarget(/key$/, "kez")),
  headerFlipped: ofPut(...failed, withHeader("x-ms-meta-colour", "blud")),
  headerAdded: ofPut(...failed, withHeader("x-ms-meta-size", "1")),
  parameterAdded: ofList(...failed, inTarget(/$/, "&delimiter=/")),
  methodChanged: ofList(...failed, (valid) => ({ ...valid, method: "DELETE" })),
  wrongKey: ofPut(...failed, () => sign(putting, { key: otherKey })),
  clockBehind: ofPut(...failed, at(-16 * minutes)),
  clockAhead: ofPut(...failed, at(16 * minutes)),
  dateMissing: ofPut(...failed, without("x-ms-date")),
  authorizationMissing: ofPut(401, "NoAuthenticationInformation", without("authorization")),
  schemeUnknown: ofPut(400, "InvalidAuthenticationInfo", withHeader("authorization", "AWS4 a:b")),
  versionMissing: ofPut(400, "MissingRequiredHeader", without("x-ms-version")),
  versionInvalid: ofPut(...badHeader, again(putting, { "x-ms-version": "latest" })),
  accountUnknown: ofPut(400, "InvalidUri", inTarget(/^\/\w+/, "/stranger")),
  headerUnknown: ofPut(400, "UnsupportedHeader", again(putting, { "x-ms-legal-hold": "true" })),
  parameterUnknown: ofList(
    400,
    "UnsupportedQueryParameter",
    again(listing, {}, { path: `${listing.path}&startfrom=a` })
  ),
  percentBroken: ofPut(400, "InvalidUri", inTarget(/key$/, "%zz")),
  containerName: ofPut(400, "InvalidResourceName", inTarget(/container/, "Con_tainer")),
  md5Wrong: ofPut(400, "Md5Mismatch", again(putting, { "content-md5": "AAAAAAAAAAAAAAAAAAAAAA==" })),
  md5Invalid: ofPut(400, "InvalidMd5", again(putting, { "content-md5": "abc" })),
  lengthMissing: ofPut(411, "MissingContentLengthHeader", again(putting, {}, { body: "" })),
  typeMissing: ofPut(400, "MissingRequiredHeader", () => sign({ ...putting, headers: {} })),
  typeOther: ofPut(...badHeader, again(putting, { "x-ms-blob-type": "PageBlob" })),
  metadataName: ofPut(400, "InvalidMetadata", again(putting, { "x-ms-meta-a-b": "1" })),
  metadataLarge: ofPut(400, "MetadataTooLarge", again(putting, { "x-ms-meta-a": "1".repeat(8192) })),
  tierUnknown: ofPut(...badHeader, again(putting, { "x-ms-access-tier": "Tepid" })),
  blockIdInvalid: of("block")(...badQuery, again(staging, {}, { path: `/${container}/key?comp=block&blockid=a` })),
  blockIdLength: of("block")(
    400,
    "InvalidBlobOrBlock",
    again(staging, {}, { path: `/${container}/key?comp=block&blockid=AAAAAAAA` })
  ),
  blockEmpty: of("block")(...badHeader, again(staging, { "content-length": "0" }, { body: "" })),
  blockListBroken: of("blockList")(
    400,
    "InvalidXmlDocument",
    again(committing, {}, { body: "<BlockList><X/></BlockList>" })
  ),
  includeUnknown: ofList(...badQuery, again(listing, {}, { path: `${listing.path}&include=secrets` })),
  pageOfNothing: ofList(
    400,
    "OutOfRangeQueryParameterValue",
    again(listing, {}, { path: listing.path.replace("maxresults=1", "maxresults=0") })
  ),
  markerForeign: ofList(...badQuery, again(listing, {}, { path: `${listing.path}&marker=2!abc` })),
  rangeDigest: of("get")(400, "InvalidInput", () =>
    sign({ ...getting, headers: { "x-ms-range-get-content-md5": "true" } })
  ),
  copySourceBroken: of("copy")(...badHeader, again(copying, { "x-ms-copy-source": "stored" })),
  sasTampered: ofSas(...failed, inTarget(/sp=r/, "sp=rw")),
  sasExpired: ofSas(...failed, () => bySignature(blobSas({ expires: new Date(Date.now() - minutes) }))),
  sasEarly: ofSas(...failed, () => bySignature(blobSas({ starts: new Date(Date.now() + minutes) }))),
  sasElsewhere: ofSas(...failed, inTarget(/stored/, "other")),
  sasPermission: ofSas(403, "AuthorizationPermissionMismatch", () => bySignature(blobSas({ permissions: "w" }))),
  sasResource: ofAccount(403, "AuthorizationResourceTypeMismatch", () =>
    byAccount(`/${container}/${stored}`, accountSas({ types: "sc" }))
  ),
  sasService: ofAccount(403, "AuthorizationServiceMismatch", () =>
    byAccount(`/${container}/${stored}`, accountSas({ services: "q" }))
  ),
  sasProtocol: ofSas(403, "AuthorizationProtocolMismatch", () => bySignature(blobSas({ https: true }))),
  sasAndKey: ofSas(400, "InvalidAuthenticationInfo", withHeader("authorization", "SharedKey a:b")),
  batchVersion: ofBatch(...badHeader, async () =>
    sign(await batching(1, { headers: { "x-ms-version": "2022-11-02" } }))
  ),
  batchBoundary: ofBatch(400, "InvalidInput", async () => sign(await batching(1, { boundary: "another" }))),
  batchElsewhere: ofBatch(400, "InvalidInput", async () => sign(await batching(1, { into: "public" }))),
  batchLarge: ofBatch(400, "InvalidInput", async () => sign(await batching(257)))
}
