/**
 * Every call by version 4 of the API has the fields that its page documents, those that are required among them.
 */
import { assert, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as api from "../src/B2Api.ts"
import type { B2Client } from "../src/api/B2Client.ts"
import { account, makeFake } from "./fakeService.ts"

const file = { fileName: "a", fileId: "id", action: "upload" }
const info = { contentType: "text/plain", fileInfo: { colour: "blue" } }
const to = { bucketId: "bucket", fileName: "a" }
const list = { prefix: "a", maxFileCount: 1, delimiter: "/", startFileName: "a" }
const sent = { ...info, fileName: "a", sha1: "0", body: new Uint8Array(1) }

/** What sends a JSON document; downloads have none. */
type Call = Exclude<keyof typeof api, "filePath" | "downloadFile" | "headFile">

interface Documented {
  /** Its page is `https://www.backblaze.com/apidocs/` and this with dashes for the underscores. */
  readonly name: string
  readonly required: string
  readonly optional?: string
  readonly call: (client: B2Client) => ReadonlyArray<Effect.Effect<unknown, unknown>>
}

const documented: Readonly<Record<Call, Documented>> = {
  listBuckets: {
    name: "b2_list_buckets",
    required: "accountId",
    optional: "bucketId bucketName bucketTypes",
    call: (client) => [api.listBuckets(client), api.listBuckets(client, "bucket")]
  },
  createBucket: {
    name: "b2_create_bucket",
    required: "accountId bucketName bucketType",
    optional:
      "bucketInfo corsRules defaultServerSideEncryption fileLockEnabled lifecycleRules replicationConfiguration",
    call: (client) => [api.createBucket(client, "bucket")]
  },
  deleteBucket: {
    name: "b2_delete_bucket",
    required: "accountId bucketId",
    call: (client) => [api.deleteBucket(client, "bucket")]
  },
  listFileNames: {
    name: "b2_list_file_names",
    required: "bucketId",
    optional: "startFileName maxFileCount prefix delimiter",
    call: (client) => [api.listFileNames(client, "bucket", list)]
  },
  listFileVersions: {
    name: "b2_list_file_versions",
    required: "bucketId",
    optional: "startFileName startFileId maxFileCount prefix delimiter",
    call: (client) => [api.listFileVersions(client, "bucket", { ...list, startFileId: "id" })]
  },
  getFileInfo: { name: "b2_get_file_info", required: "fileId", call: (client) => [api.getFileInfo(client, "id")] },
  hideFile: {
    name: "b2_hide_file",
    required: "bucketId fileName",
    call: (client) => [api.hideFile(client, "bucket", "a")]
  },
  deleteFileVersion: {
    name: "b2_delete_file_version",
    required: "fileName fileId",
    optional: "bypassGovernance",
    call: (client) => [api.deleteFileVersion(client, "a", "id")]
  },
  copyFile: {
    name: "b2_copy_file",
    required: "sourceFileId fileName",
    optional: "destinationBucketId range metadataDirective contentType fileInfo",
    call: (client) => [api.copyFile(client, "id", to), api.copyFile(client, "id", to, info)]
  },
  copyPart: {
    name: "b2_copy_part",
    required: "sourceFileId largeFileId partNumber",
    optional: "range",
    call: (client) => [api.copyPart(client, "id", "large", { number: 1, start: 0, end: 9 })]
  },
  getDownloadAuthorization: {
    name: "b2_get_download_authorization",
    required: "bucketId fileNamePrefix validDurationInSeconds",
    call: (client) => [api.getDownloadAuthorization(client, "bucket", "a", 10)]
  },
  startLargeFile: {
    name: "b2_start_large_file",
    required: "bucketId fileName contentType",
    optional: "fileInfo",
    call: (client) => [api.startLargeFile(client, "bucket", "a", info)]
  },
  finishLargeFile: {
    name: "b2_finish_large_file",
    required: "fileId partSha1Array",
    call: (client) => [api.finishLargeFile(client, "id", ["0"])]
  },
  cancelLargeFile: {
    name: "b2_cancel_large_file",
    required: "fileId",
    call: (client) => [api.cancelLargeFile(client, "id")]
  },
  listParts: {
    name: "b2_list_parts",
    required: "fileId",
    optional: "startPartNumber maxPartCount",
    call: (client) => [api.listParts(client, "id", 1)]
  },
  listUnfinished: {
    name: "b2_list_unfinished_large_files",
    required: "bucketId",
    optional: "namePrefix startFileId maxFileCount",
    call: (client) => [api.listUnfinished(client, "bucket", ""), api.listUnfinished(client, "bucket", "a", "id")]
  },
  uploadFile: {
    name: "b2_get_upload_url",
    required: "bucketId",
    call: (client) => [api.uploadFile(client, "bucket", sent)]
  },
  uploadPart: {
    name: "b2_get_upload_part_url",
    required: "fileId",
    call: (client) => [api.uploadPart(client, "id", { number: 1, body: sent.body, sha1: "0" })]
  }
}

/** All fields that any call reads of an answer. */
const answer = {
  ...file,
  buckets: [],
  files: [],
  parts: [],
  contentSha1: "0",
  authorizationToken: "token",
  uploadUrl: "https://pod.test/upload"
}

const words = (text = "") => text.split(" ").filter((word) => word !== "")

for (const { name, required, optional, call } of Object.values(documented)) {
  it.effect(`${name} is sent with the fields that are documented`, () =>
    Effect.gen(function* () {
      const { client: open, requests } = makeFake(({ path }) => ({
        body: path.endsWith("authorize_account") ? account : answer
      }))
      const client = yield* open({ lifecycle: 7 })
      for (const one of call(client)) yield* one
      const calls = requests.filter(({ path }) => path === `/b2api/v4/${name}`)
      assert.strictEqual(calls.length, name.startsWith("b2_get_upload") ? 1 : call(client).length)
      for (const { method, headers = {}, body } of calls) {
        const fields = Object.keys(JSON.parse(Buffer.from(body as Uint8Array).toString()))
        assert.deepStrictEqual([method, headers["authorization"]], ["POST", "token"])
        assert.includeMembers(fields, words(required))
        assert.includeMembers([...words(required), ...words(optional)], fields)
      }
    })
  )
}
