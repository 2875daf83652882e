import { assert, it } from "@effect/vitest"
import { B2 } from "../src/B2.ts"

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
