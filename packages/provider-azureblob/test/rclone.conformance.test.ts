/**
 * rclone reads what this provider wrote, and the other way round: `MOORING_SETUP` is what the setup's `up` printed. Where
 * there is no rclone, every test fails.
 */
import {
  AccountSASPermissions,
  AccountSASResourceTypes,
  generateAccountSASQueryParameters,
  StorageSharedKeyCredential
} from "@azure/storage-blob"
import { assert, describe, it } from "@effect/vitest"
import type { ObjectInfo, ObjectStore, Path } from "@mooring/core"
import { collectBytes } from "@mooring/core/Transport"
import { hostileNames } from "@mooring/testkit"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { execFileSync } from "node:child_process"
import { createHash, randomBytes } from "node:crypto"
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { dirname, join } from "node:path"
import { openWith, settingsOf } from "./store.ts"

const { config } = JSON.parse(process.env["MOORING_SETUP"] ?? "") as {
  readonly config: { readonly account: string; readonly key: string; readonly endpoint: string }
}

/** Of Debian's rclone, which does not take other addresses with a key. */
const link = `${config.endpoint}?${generateAccountSASQueryParameters(
  {
    version: "2022-11-02",
    permissions: AccountSASPermissions.parse("rwdlac"),
    resourceTypes: AccountSASResourceTypes.parse("sco").toString(),
    services: "b",
    expiresOn: new Date(Date.now() + 3_600_000)
  },
  new StorageSharedKeyCredential(config.account, config.key)
).toString()}`

const mebibyte = 1024 * 1024

/** A time that a file system keeps exactly, from seconds with a binary fraction. */
const modified = 1_700_000_000_500

/** What a file system can hold, and Azure too. On disk rclone takes `‛`, `␀` and `．` for its own encoding. */
const isPlain = (name: string): boolean =>
  // oxlint-disable-next-line no-control-regex -- a file system cannot hold it
  !/\0|‛|␀|^．$|^\/|\/$|\/\/|\.\.|(^|\/)\.(\/|$)|[\ufffe\uffff]/.test(name) &&
  name.split("/").every((part) => Buffer.byteLength(part) <= 250)

const names = [...new Set(hostileNames.flatMap(({ text, neighbours }) => [text, ...neighbours]).filter(isPlain))]
/** A file is not beside a directory of its name. */
const together = names.filter((name) => !names.some((other) => other.startsWith(`${name}/`)))
const tree = [...together, "large", "empty"]

const large = randomBytes(9 * mebibyte + 7)
const contentOf = (name: string): Uint8Array =>
  name === "large" ? large : name === "empty" ? new Uint8Array() : Buffer.from(`at ${name}`)

const md5 = (bytes: Uint8Array) => createHash("md5").update(bytes).digest("hex")

interface Fact {
  readonly name: string
  readonly modified: number | undefined
  readonly md5: string | undefined
}

const sorted = (facts: ReadonlyArray<Fact>) => facts.toSorted((left, right) => (left.name < right.name ? -1 : 1))
const facts = sorted(tree.map((name) => ({ name, modified, md5: md5(contentOf(name)) })))

const scratchFolder = Effect.acquireRelease(
  Effect.sync(() => mkdtempSync(join(tmpdir(), "mooring-azureblob-"))),
  (folder) => Effect.sync(() => rmSync(folder, { recursive: true, force: true }))
)

/** Runs rclone in a home of its own. */
const makeRclone = Effect.map(scratchFolder, (home) => {
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    TZ: "UTC",
    RCLONE_CONFIG: join(home, "none"),
    RCLONE_RETRIES: "1",
    RCLONE_NO_UNICODE_NORMALIZATION: "true",
    RCLONE_AZUREBLOB_SAS_URL: link
  }
  return (...options: ReadonlyArray<string>) =>
    execFileSync("rclone", options, { env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] })
})

const opened = Effect.gen(function* () {
  const container = `rclone-${randomBytes(6).toString("hex")}`
  const settings = settingsOf({ ...config, chunk_size: mebibyte, directory_markers: true })
  const { store } = yield* openWith(settings)
  yield* store.createContainer!([container])
  return { store, container, folder: yield* scratchFolder, rclone: yield* makeRclone }
})

const put = (store: ObjectStore, path: Path, bytes: Uint8Array) =>
  store.write(path, bytes.byteLength === 0 ? Stream.empty : Stream.make(bytes), { size: bytes.byteLength, modified })

const fill = (folder: string) => {
  for (const name of tree) {
    const file = join(folder, name)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, contentOf(name))
    utimesSync(file, modified / 1000, modified / 1000)
  }
}

describe("rclone", () => {
  it.live("writes names, bytes, times and MD5s that this provider finds, also in blocks", () =>
    Effect.gen(function* () {
      const { store, container, folder, rclone } = yield* opened
      fill(folder)
      rclone("copy", "--azureblob-chunk-size", "4M", folder, `:azureblob:${container}/up`)
      const { entries, unaddressable } = yield* store.listPage([container, "up"], { recursive: true })
      assert.strictEqual(unaddressable, undefined)
      const objects = entries.filter((entry): entry is ObjectInfo => entry.kind === "object")
      const told = objects.map(({ path, modified: time, checksums }) => ({
        name: path.slice(2).join("/"),
        modified: time,
        md5: checksums?.md5
      }))
      assert.deepStrictEqual(sorted(told), facts)
      for (const { path } of objects) {
        const body = Effect.flatMap(store.read(path), ({ body: bytes }) => collectBytes(bytes, 64 * mebibyte))
        const name = path.slice(2).join("/")
        assert.isTrue(Buffer.from(contentOf(name)).equals(yield* Effect.scoped(body)), name)
      }
    }).pipe(Effect.scoped)
  )
  it.live("finds names, bytes, times and MD5s as this provider wrote them, also in blocks", () =>
    Effect.gen(function* () {
      const { store, container, folder, rclone } = yield* opened
      for (const name of tree) yield* put(store, [container, "down", ...name.split("/")], contentOf(name))
      rclone("copy", `:azureblob:${container}/down`, folder)
      const found = tree.map((name) => {
        const file = join(folder, name)
        return { name, modified: statSync(file).mtimeMs, md5: md5(readFileSync(file)) }
      })
      assert.deepStrictEqual(sorted(found), facts)
      rclone("check", folder, `:azureblob:${container}/down`)
    }).pipe(Effect.scoped)
  )
  it.live("takes the marker of a directory for a directory, and finds the tiers that this provider sets", () =>
    Effect.gen(function* () {
      const { store, container, rclone } = yield* opened
      yield* store.createDirectory!([container, "made"])
      yield* put(store, [container, "blob"], Buffer.from("text"))
      yield* store.setTier!([container, "blob"], "Cool")
      assert.deepStrictEqual(rclone("lsf", "--format", "pT", `:azureblob:${container}`).trim().split("\n"), [
        "blob;Cool",
        "made/;"
      ])
      rclone("settier", "Archive", `:azureblob:${container}/blob`)
      const info = yield* store.stat([container, "blob"])
      assert.strictEqual(info.kind === "object" ? info.tier : "", "Archive")
      assert.strictEqual(
        (yield* Effect.flip(Effect.scoped(store.read([container, "blob"])))).reason._tag,
        "archived_tier"
      )
    }).pipe(Effect.scoped)
  )
})
