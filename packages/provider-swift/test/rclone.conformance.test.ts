/**
 * rclone reads what this provider wrote, and the other way round: `MOORING_SETUP` is what the setup's `up` printed.
 */
import { assert, describe, it } from "@effect/vitest"
import { inBlocks, objectBytes, pattern } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import { execFileSync } from "node:child_process"
import { mkdtempSync, mkdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { namesIn, newContainer, openClient } from "./openClient.ts"

const { config } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
const chunk = 1024 * 1024
const files = { "dir/large": pattern(2.5 * chunk), "dir/a b%2F+é": pattern(1000), empty: new Uint8Array() }
const modified = 1_700_000_000_123.456

const rclone = (...args: ReadonlyArray<string>) => {
  const { AWS_CA_BUNDLE: _, ...inherited } = process.env
  const options = { ...config, type: "swift", chunk_size: "1M", ...(config.tenant && { domain: "Default" }) }
  const remote = Object.entries(options).map(([name, value]) => [
    `RCLONE_CONFIG_SWIFT_${name.toUpperCase()}`,
    String(value)
  ])
  const env = { ...inherited, ...Object.fromEntries(remote), RCLONE_CONFIG: "/dev/null", no_proxy: "127.0.0.1" }
  return execFileSync("rclone", args, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
}

/** The files in a folder that lives in the Scope. */
const folder = Effect.acquireRelease(
  Effect.sync(() => {
    const path = mkdtempSync(join(tmpdir(), "mooring-swift-"))
    mkdirSync(join(path, "dir"))
    for (const [name, bytes] of Object.entries(files)) {
      writeFileSync(join(path, name), bytes)
      utimesSync(join(path, name), modified / 1000, modified / 1000)
    }
    return path
  }),
  (path) => Effect.sync(() => rmSync(path, { recursive: true }))
)

const opened = Effect.gen(function* () {
  const { client, store } = yield* openClient({ ...config, chunk_size: String(chunk) })
  return { client, store, container: yield* newContainer(store), path: yield* folder }
})

describe("rclone", () => {
  it.live("finds names, bytes, times and MD5s as this provider wrote them, and removes segments", () =>
    Effect.gen(function* () {
      const { client, store, container, path } = yield* opened
      for (const [name, bytes] of Object.entries(files)) {
        yield* store.write([container, ...name.split("/")], inBlocks(bytes, 65_536), {
          size: bytes.byteLength,
          modified
        })
      }
      rclone("check", "--download", path, `swift:${container}`)
      rclone("check", path, `swift:${container}`)
      const found = JSON.parse(rclone("lsjson", "-R", "--files-only", `swift:${container}`))
      for (const { Path: name, Size, ModTime } of found) {
        const expected = [files[name as keyof typeof files].byteLength, "2023-11-14T22:13:20.123456000Z"]
        assert.deepStrictEqual([Size, ModTime], expected, name)
      }
      assert.strictEqual(found.length, 3)
      rclone("delete", `swift:${container}`)
      assert.deepStrictEqual(yield* namesIn(client, `${container}_segments`), [])
    }).pipe(Effect.scoped)
  )

  it.live("writes what this provider finds, and whose segments it removes", () =>
    Effect.gen(function* () {
      const { client, store, container, path } = yield* opened
      rclone("copy", path, `swift:${container}`)
      for (const name of Object.keys(files)) {
        const at = [container, ...name.split("/")]
        assert.isTrue(Buffer.from(yield* objectBytes(store, at)).equals(readFileSync(join(path, name))), name)
        const info = yield* store.stat(at)
        assert.closeTo(info.modified ?? 0, modified, 0.01, name)
      }
      const { entries } = yield* store.listPage([container, "dir"])
      const sizes = entries.map((entry) => [entry.path[2], entry.kind === "object" ? entry.size : undefined])
      assert.deepStrictEqual(sizes, [
        ["a b%2F+é", 1000],
        ["large", 2.5 * chunk]
      ])
      yield* store.remove([container, "dir", "large"])
      assert.deepStrictEqual(yield* namesIn(client, `${container}_segments`), [])
    }).pipe(Effect.scoped)
  )
})
