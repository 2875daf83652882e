/**
 * What the double does and how sure we are of it. The tests take their cases from these tables by type, so a behaviour
 * without a case, or a case without a behaviour, does not compile.
 */
export type Behaviour =
  /** The vendor's own client ran it, or we believe it. */
  | { readonly evidence: "vendor-validated" | "assumed"; readonly rule: string }
  /** The vendor's page says it, or somebody recorded the service's answer, at this address. */
  | { readonly evidence: "documented" | "recorded"; readonly rule: string; readonly source: string }

const validated = (rule: string) => ({ evidence: "vendor-validated", rule }) as const
const documented = (source: string, rule: string) => ({ evidence: "documented", rule, source }) as const
const recorded = (source: string, rule: string) => ({ evidence: "recorded", rule, source }) as const
const assumed = (rule: string) => ({ evidence: "assumed", rule }) as const

const rest = (page: string) => `https://learn.microsoft.com/rest/api/storageservices/${page}`
const sharedKey = rest("authorize-with-shared-key")
const sas = rest("create-service-sas")
const codes = rest("blob-service-error-codes")
const commonCodes = rest("common-rest-api-error-codes")
const conditions = rest("specifying-conditional-headers-for-blob-service-operations")
const metadata = rest("setting-and-retrieving-properties-and-metadata-for-blob-resources")

/** What `@azure/storage-blob` completes. */
export const admissions = {
  listContainers: validated("ListContainers tells every container by name, in pages"),
  createContainer: validated("CreateContainer, and what everybody may read of it"),
  deleteContainer: validated("DeleteContainer takes all that is in it"),
  putBlob: validated("PutBlob keeps content type, headers and metadata, and tells the MD5"),
  putConditionally: validated("PutBlob where nothing is, and over the state of an ETag"),
  getBlob: validated("GetBlob gives the bytes and all that is stored with them"),
  getRange: validated("GetBlob gives a range, and the MD5 of it where it is asked for"),
  getProperties: validated("GetBlobProperties tells the length without a body"),
  exactNames: validated("Names with dots, doubled slashes, plus, percent and Unicode keep their characters"),
  setMetadata: validated("SetBlobMetadata replaces all of it"),
  blocks: validated("PutBlock and PutBlockList make a blob of blocks in the order of the list"),
  blocksAgain: validated("PutBlockList takes blocks of the blob that is there beside new ones"),
  blockList: validated("GetBlockList tells what is staged and what is in the blob"),
  listBlobs: validated("ListBlobs by prefix, in pages, in the order of names"),
  listHierarchy: validated("ListBlobs groups by delimiter"),
  listUncommitted: validated("ListBlobs tells of blobs of which there are only blocks"),
  listEncoded: validated("ListBlobs escapes names that XML cannot hold"),
  deleteBlob: validated("DeleteBlob removes it"),
  snapshots: validated("SnapshotBlob keeps a state, which is listed, read and deleted by its time"),
  deleteWithSnapshots: validated("DeleteBlob with its snapshots, or these only"),
  versions: validated("An account with versions keeps every state, which is listed, read and deleted by its id"),
  softDelete: validated("What is deleted is listed and restored where the account keeps it"),
  copy: validated("CopyBlob within the account, with metadata of its own or that of the source"),
  copyVersion: validated("CopyBlob of an old version makes it the blob again"),
  copyPending: validated("A copy is pending until it is done, and is looked at meanwhile"),
  abortCopy: validated("AbortCopyBlob leaves a blob without bytes"),
  tiers: validated("SetBlobTier, and its way into the archive and out of it"),
  leases: validated("LeaseBlob: who has it writes, and releases it"),
  batch: validated("BlobBatch deletes and tells of each what became of it"),
  accountSas: validated("A signature of the account, for services, kinds of resources and permissions"),
  containerSas: validated("A signature of a container, also for its listing and for a batch"),
  blobSas: validated("A signature of a blob"),
  bearer: validated("A token reads and writes as its role says"),
  delegation: validated("GetUserDelegationKey, and a signature by that key"),
  publicBlob: validated("Blobs of a public container are read without a right, and listed where that is public too")
}

/** One change to a valid request, which is refused. */
export const mutations = {
  signatureFlipped: documented(sharedKey, "The signature is changed"),
  pathFlipped: documented(sharedKey, "The path is changed after it was signed"),
  headerFlipped: documented(sharedKey, "A header that is signed is changed"),
  headerAdded: documented(sharedKey, "An x-ms-* header is added after signing"),
  parameterAdded: documented(sharedKey, "A parameter is added after signing"),
  methodChanged: documented(sharedKey, "The method is changed after it was signed"),
  wrongKey: documented(sharedKey, "Another key signs"),
  clockBehind: documented(sharedKey, "The clock is more than 15 minutes behind"),
  clockAhead: documented(sharedKey, "The clock is more than 15 minutes ahead"),
  dateMissing: documented(sharedKey, "There is no time"),
  authorizationMissing: documented(commonCodes, "There is no authorization"),
  schemeUnknown: documented(commonCodes, "The scheme is none that there is"),
  versionMissing: documented(rest("versioning-for-the-azure-storage-services"), "The version is missing"),
  versionInvalid: documented(commonCodes, "The version is no date"),
  accountUnknown: assumed("The path names another account"),
  headerUnknown: documented(commonCodes, "An x-ms-* header is not of the operation"),
  parameterUnknown: documented(commonCodes, "A parameter is not of the operation"),
  percentBroken: documented(commonCodes, "A percent escape is none"),
  containerName: documented(rest("naming-and-referencing-containers--blobs--and-metadata"), "No container is named so"),
  md5Wrong: documented(rest("put-blob"), "Content-MD5 is of other bytes"),
  md5Invalid: documented(commonCodes, "Content-MD5 is none"),
  lengthMissing: documented(commonCodes, "The length of the body is not told"),
  typeMissing: documented(rest("put-blob"), "The type of the blob is missing"),
  typeOther: assumed("The type of the blob is one that the double does not have"),
  metadataName: documented(metadata, "A name of metadata is not one of variables in C#"),
  metadataLarge: documented(metadata, "The metadata has more than 8 KiB"),
  tierUnknown: documented(rest("put-blob"), "The tier is none"),
  blockIdInvalid: documented(rest("put-block"), "The id of a block is no base64"),
  blockIdLength: documented(rest("put-block"), "The id of a block has another length than those before"),
  blockEmpty: assumed("A block has no bytes"),
  blockListBroken: documented(commonCodes, "The list of blocks is no XML of that form"),
  includeUnknown: documented(commonCodes, "A listing is to include what there is not"),
  pageOfNothing: documented(commonCodes, "A page of a listing is to have no entries"),
  markerForeign: documented(rest("list-blobs"), "The marker of a listing is of another"),
  rangeDigest: documented(rest("get-blob"), "The MD5 of a whole blob is asked for as that of a range"),
  copySourceBroken: documented(rest("copy-blob"), "The source of a copy is no address"),
  sasTampered: documented(sas, "The permissions of a signature are changed"),
  sasExpired: documented(sas, "A signature has expired"),
  sasEarly: documented(sas, "A signature is not valid yet"),
  sasElsewhere: documented(sas, "A signature of a blob is taken for another"),
  sasPermission: documented(codes, "A signature does not permit it"),
  sasResource: documented(codes, "A signature of the account is not for this kind of resource"),
  sasService: documented(codes, "A signature of the account is not for blobs"),
  sasProtocol: documented(codes, "A signature is for https only"),
  sasAndKey: assumed("There is a signature in the query and another in a header"),
  batchVersion: documented(rest("blob-batch"), "A part of a batch has a version of its own"),
  batchBoundary: documented(rest("blob-batch"), "The boundary is another than that of the header"),
  batchElsewhere: documented(rest("blob-batch"), "A part of a batch is of another container"),
  batchLarge: documented(rest("blob-batch"), "A batch has more than 256 parts")
}

/** What the vendor's client is refused. */
export const refusals = {
  containerMissing: documented(codes, "The container does not exist"),
  containerExists: documented(codes, "The container exists already"),
  blobMissing: documented(codes, "The blob does not exist"),
  readChanged: documented(conditions, "A blob is read on the condition of another ETag"),
  readUnchanged: documented(conditions, "A blob is read on the condition of not having this ETag"),
  writeChanged: documented(conditions, "A blob is written over another ETag"),
  writeOverNothing: documented(conditions, "A blob is written over an ETag where nothing is"),
  writeExisting: documented(codes, "A blob is written where one is, on the condition that none is"),
  rangeBehind: documented(codes, "A range begins behind the end"),
  archivedRead: documented(codes, "A blob in the archive is read"),
  archivedWrite: documented(codes, "A blob in the archive is written over"),
  rehydratedRead: documented(codes, "A blob on its way out of the archive is read"),
  rehydratedTier: documented(codes, "The tier of a blob on its way out of the archive is set again"),
  snapshotsPresent: documented(codes, "A blob with snapshots is deleted alone"),
  currentVersion: recorded(
    "https://github.com/Azure/azure-sdk-for-java/pull/48716",
    "The version that is the blob is deleted by its id"
  ),
  versionPermission: documented(sas, "A version is deleted by a signature without that permission"),
  leaseMissing: documented(codes, "A leased blob is written without its lease"),
  leaseOther: documented(codes, "A leased blob is written under another lease"),
  leaseTaken: documented(codes, "A leased blob is leased by another"),
  blockUnknown: documented(codes, "A list of blocks has one that nobody staged"),
  sourceMissing: assumed("The source of a copy does not exist"),
  sourceChanged: documented(codes, "The source of a copy is not as its condition says"),
  sourceArchived: documented(codes, "The source of a copy is in the archive"),
  copyPending: documented(codes, "Something is written over a copy under way"),
  copyDone: documented(codes, "A copy that is done is aborted"),
  keyNotPermitted: documented(commonCodes, "The account does not take its key"),
  tokenUnknown: documented(commonCodes, "A token is not one of those that are taken"),
  tokenRole: documented(codes, "The role of a token does not permit it"),
  delegationByKey: documented(rest("get-user-delegation-key"), "A key to sign with is asked for without a token"),
  delegationLong: documented(rest("get-user-delegation-key"), "A key to sign with is to live longer than a week"),
  privateRead: assumed("A blob that is not public is read without a right"),
  privateList: assumed("A container whose blobs alone are public is listed without a right")
}

export const behaviours = { ...admissions, ...mutations, ...refusals } satisfies Record<string, Behaviour>

export type BehaviourId = keyof typeof behaviours
