import { assert, it } from "@effect/vitest"
import * as Redacted from "effect/Redacted"
import * as Result from "effect/Result"
import * as Schema from "effect/Schema"
import { B2 } from "../src/B2.ts"
import { B2Config } from "../src/B2Config.ts"
import { normalize } from "../src/normalize.ts"

const valid = { account: "005a0b6c0b0a1b20000000001", key: "K005aAbCdEfGhIjKlMnOpQrStUvWxYz" }

const issuesOf = (options: Readonly<Record<string, unknown>>) =>
  (B2.prepare({ ...valid, ...options }).issues ?? []).map(({ pointer, code }) => `${pointer} ${code}`)

const cases: ReadonlyArray<readonly [Readonly<Record<string, unknown>>, ReadonlyArray<string>]> = [
  [{}, []],
  [{ endpoint: "http://127.0.0.1:8180" }, []],
  [{ endpoint: "api.backblazeb2.com" }, []],
  [{ endpoint: "ftp://host" }, ["#/endpoint invalid_value"]],
  [{ endpoint: "https//host" }, ["#/endpoint invalid_value"]],
  [{ endpoint: "http:/host" }, ["#/endpoint invalid_value"]],
  [{ endpoint: "https://host/a/../b" }, ["#/endpoint invalid_value"]],
  [{ endpoint: "https://host:99999" }, ["#/endpoint invalid_value"]],
  [{ endpoint: "https://user@host" }, ["#/endpoint invalid_value"]],
  [{ endpoint: "https://host/?a=b" }, ["#/endpoint invalid_value"]],
  [{ endpoint: "https://host\\elsewhere" }, ["#/endpoint invalid_value"]],
  [{ endpoint: "s3.us-west-004.backblazeb2.com" }, ["#/endpoint invalid_value"]],
  [{ download_url: "https://cdn.example.com/x/" }, []],
  [{ download_url: "https://cdn.example.com/#x" }, ["#/download_url invalid_value"]],
  [{ account: "with\nbreak" }, ["#/account invalid_value"]],
  [{ account: "a:b" }, ["#/account invalid_value"]],
  [{ key: "'quoted'" }, ["#/key invalid_value"]],
  [{ chunk_size: "5242879" }, ["#/chunk_size invalid_value"]],
  [{ chunk_size: "5242880", upload_cutoff: "0" }, []],
  [{ upload_cutoff: "5000000001" }, ["#/upload_cutoff invalid_value"]],
  [{ copy_cutoff: "5000000001" }, ["#/copy_cutoff invalid_value"]],
  [{ copy_cutoff: "1" }, ["#/copy_cutoff invalid_value"]],
  [{ upload_concurrency: 0 }, ["#/upload_concurrency invalid_value"]],
  [{ download_auth_duration: 604_801 }, ["#/download_auth_duration invalid_value"]],
  [{ download_auth_duration: 0 }, ["#/download_auth_duration invalid_value"]],
  [{ lifecycle: -1 }, ["#/lifecycle invalid_value"]],
  [{ versions: true, version_at: "2026-01-01T00:00:00Z" }, ["#/version_at conflicting_fields"]]
]

for (const [options, expected] of cases) {
  it(`${JSON.stringify(options)} has ${expected.length === 0 ? "no issue" : expected.join()}`, () => {
    assert.deepStrictEqual(issuesOf(options), expected)
  })
}

it("the S3 API of Backblaze is told apart by its address, with the way out", () => {
  const [issue] = B2.prepare({ ...valid, endpoint: "https://s3.eu-central-003.backblazeb2.com" }).issues ?? []
  assert.include(issue?.suggestion ?? "", "s3")
})

/** The settings of valid options with these changes, secrets in the clear. */
const settingsWith = (options: Readonly<Record<string, unknown>>) => {
  const decoded = Schema.decodeUnknownResult(B2Config)({ ...valid, ...options })
  if (Result.isFailure(decoded)) throw new Error(`${JSON.stringify(options)} is not valid`)
  const { key, ...settings } = Result.getOrThrow(normalize(decoded.success))
  return { ...settings, key: Redacted.value(key) }
}

const defaults = {
  account: valid.account,
  key: valid.key,
  endpoint: "https://api.backblazeb2.com",
  chunkSize: 100_663_296,
  uploadCutoff: 209_715_200,
  uploadConcurrency: 4,
  copyCutoff: 4_294_967_296,
  disableChecksum: false,
  downloadUrl: undefined,
  linkDuration: 604_800,
  testMode: "",
  hardDelete: false,
  lifecycle: 0,
  oldVersions: false,
  versionAt: undefined,
  encoding: 50_438_146
}

/** Every option with another value than its default, and all that it changes. */
const meanings: ReadonlyArray<readonly [Readonly<Record<string, unknown>>, Readonly<Record<string, unknown>>]> = [
  [{}, {}],
  [{ account: "a0b6c0b0a1b2" }, { account: "a0b6c0b0a1b2" }],
  [{ key: "another" }, { key: "another" }],
  [{ endpoint: "http://127.0.0.1:8180/base/" }, { endpoint: "http://127.0.0.1:8180/base" }],
  [{ chunk_size: "5242880" }, { chunkSize: 5_242_880 }],
  [{ chunk_size: "300000000" }, { chunkSize: 300_000_000, uploadCutoff: 300_000_000 }],
  [{ upload_cutoff: "300000000" }, { uploadCutoff: 300_000_000 }],
  [{ upload_concurrency: 9 }, { uploadConcurrency: 9 }],
  [{ copy_cutoff: "5242880" }, { copyCutoff: 5_242_880 }],
  [{ disable_checksum: true }, { disableChecksum: true }],
  [{ download_url: "cdn.example.com/x" }, { downloadUrl: "https://cdn.example.com/x" }],
  [{ download_auth_duration: 1 }, { linkDuration: 1 }],
  [{ test_mode: "fail_some_uploads" }, { testMode: "fail_some_uploads" }],
  [{ hard_delete: true }, { hardDelete: true }],
  [{ lifecycle: 7 }, { lifecycle: 7 }],
  [{ versions: true }, { oldVersions: true }],
  [{ version_at: "2026-01-01T00:00:00Z" }, { versionAt: 1_767_225_600_000 }],
  [{ encoding: "0" }, { encoding: 0 }],
  [{ description: "a note", memory_pool_flush_time: 1, memory_pool_use_mmap: true }, {}]
]

for (const [options, changes] of meanings) {
  it(`${JSON.stringify(options)} means ${JSON.stringify(changes)} and nothing else`, () => {
    assert.deepStrictEqual<unknown>(settingsWith(options), { ...defaults, ...changes })
  })
}

it("every option is among them", () => {
  const named = new Set(meanings.flatMap(([options]) => Object.keys(options)))
  assert.deepStrictEqual([...named].toSorted(), Object.keys(B2Config.fields).toSorted())
})
