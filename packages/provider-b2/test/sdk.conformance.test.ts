/**
 * Backblaze's own SDK over the same server: it reads what is written here, and the other way. It is Debian's, or the one
 * that `PYTHONPATH` names.
 */
import { assert, it } from "@effect/vitest"
import { blocks, objectBytes, pattern } from "@mooring/testkit"
import { runProgram } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import { createHash } from "node:crypto"
import { fileURLToPath } from "node:url"
import { config, openBucket } from "./service.ts"

const script = fileURLToPath(new URL("sdk.py", import.meta.url))
const { endpoint, account, key } = config
const { PYTHONPATH = "" } = process.env

const sdk = (...options: ReadonlyArray<string>) =>
  runProgram("/usr/bin/python3", [script, endpoint, account, key, ...options], { env: { PYTHONPATH } }).pipe(
    Effect.map((printed) => JSON.parse(printed.toString())),
    Effect.orDie
  )

const sha1 = (bytes: Uint8Array) => createHash("sha1").update(bytes).digest("hex")
const name = "dir é/a b+c%2F&=?#"

for (const size of [0, 1000, 11_000_000]) {
  it.live(`an object of ${size} bytes that the SDK uploaded is here as it was`, () =>
    Effect.gen(function* () {
      const { store, bucket } = yield* openBucket()
      const sent = yield* sdk(bucket, "put", name, String(size))
      const path = [bucket, ...name.split("/")]
      assert.strictEqual(sha1(yield* objectBytes(store, path)), sent.sha1)
      const { entries } = yield* store.listPage([bucket], { recursive: true })
      const info = yield* store.stat(path)
      assert.deepStrictEqual(entries, [info], "listing and stat say the same")
      if (info.kind !== "object") throw new Error("it is no object")
      const { contentType, metadata, modified } = info
      assert.deepStrictEqual(
        [contentType, metadata, modified, info.size],
        ["text/css", { colour: "blue + green" }, 1_700_000_000_123, size]
      )
    }).pipe(Effect.scoped)
  )

  it.live(`an object of ${size} bytes that was uploaded here is seen by the SDK as it was`, () =>
    Effect.gen(function* () {
      const { store, bucket } = yield* openBucket()
      const bytes = pattern(size)
      const options = { contentType: "text/css", metadata: { colour: "blue + green" }, modified: 1_700_000_000_123 }
      yield* store.write([bucket, ...name.split("/")], blocks(bytes), { size, ...options })
      assert.deepStrictEqual(yield* sdk(bucket, "get", name, "0"), {
        name,
        size,
        sha1: size > 5_242_880 ? "none" : sha1(bytes),
        type: "text/css",
        info: { src_last_modified_millis: "1700000000123", colour: "blue + green" }
      })
    }).pipe(Effect.scoped)
  )
}
