import { assert, describe, it } from "@effect/vitest"
import { providerFlags } from "../src/providerFlags.ts"

describe("providerFlags", () => {
  it("turns flags of the provider into options, and leaves those of the command", () => {
    const cases: ReadonlyArray<readonly [string, string]> = [
      ["connect s3 --access-key-id x --at b/c", "connect s3 --set=access_key_id=x --at b/c"],
      ["connect s3 --env-auth --json", "connect s3 --set=env_auth=true --json"],
      ["connect s3 --endpoint=a=b --set k=v", "connect s3 --set=endpoint=a=b --set k=v"],
      ["test s3 --secret-access-key - --name n", "test s3 --set=secret_access_key=- --name n"],
      ["connect --json local --root /x", "connect --json local --set=root=/x"],
      ["ls --nothing x", "ls --nothing x"],
      ["connect s3 --at=b --chunk-size -1", "connect s3 --at=b --set=chunk_size=-1"]
    ]
    for (const [given, expected] of cases) assert.strictEqual(providerFlags(given.split(" ")).join(" "), expected)
  })
})
