import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as fs from "node:fs/promises"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Ambient } from "../src/Ambient.ts"
import { layer, type AmbientPolicy } from "../src/NodeAmbient.ts"
import type { StorageError } from "../src/StorageError.ts"

const folder = Effect.acquireRelease(
  Effect.promise(() => fs.mkdtemp(join(tmpdir(), "mooring-ambient-"))),
  (path) => Effect.promise(() => fs.rm(path, { recursive: true }))
)

const under =
  (allow: AmbientPolicy["allow"]) =>
  <A, E, R>(effect: Effect.Effect<A, E, R>) =>
    Effect.provide(effect, layer({ env: { KEY: "value" }, allow }))

const codeOf = <A, R>(effect: Effect.Effect<A, StorageError, R>) =>
  Effect.map(Effect.result(effect), (result) =>
    result._tag === "Failure" ? result.failure.reason : { _tag: "ok", detail: "" }
  )

describe("NodeAmbient", () => {
  it.effect("gives the environment, files and programs where all is allowed", () =>
    Effect.gen(function* () {
      const ambient = yield* Ambient
      const path = join(yield* folder, "file")
      yield* Effect.promise(() => fs.writeFile(path, "content"))
      assert.strictEqual(yield* ambient.env("KEY"), "value")
      assert.isUndefined(yield* ambient.env("OTHER"))
      assert.strictEqual(Buffer.from(yield* ambient.readFile(path)).toString(), "content")
      assert.strictEqual(yield* ambient.run("echo", ["a; echo b"]), "a; echo b\n")
      assert.strictEqual((yield* codeOf(ambient.readFile(`${path}-none`)))._tag, "not_found")
      assert.strictEqual((yield* codeOf(ambient.readFile("/dev/zero")))._tag, "invalid_value")
      assert.strictEqual((yield* codeOf(ambient.run("no-such-program", [])))._tag, "auth_invalid")
    }).pipe(under("all"))
  )

  it.effect("denies all of it alike, for what exists and what does not", () =>
    Effect.gen(function* () {
      const ambient = yield* Ambient
      const existing = yield* codeOf(ambient.readFile("/etc/passwd"))
      assert.strictEqual(existing._tag, "server_path_forbidden")
      assert.deepStrictEqual(existing, yield* codeOf(ambient.readFile("/no/such/file")))
      assert.strictEqual((yield* codeOf(ambient.env("KEY")))._tag, "ambient_credentials_forbidden")
      assert.strictEqual((yield* codeOf(ambient.run("true", [])))._tag, "ambient_credentials_forbidden")
    }).pipe(under("none"))
  )

  it.effect("judges a path by where it really leads", () =>
    Effect.gen(function* () {
      const root = yield* folder
      yield* Effect.promise(() => fs.mkdir(join(root, "open")))
      yield* Effect.promise(() => fs.writeFile(join(root, "secret"), "s"))
      yield* Effect.promise(() => fs.writeFile(join(root, "open", "file"), "f"))
      yield* Effect.promise(() => fs.symlink(join(root, "secret"), join(root, "open", "link")))
      const read = (path: string) =>
        Effect.flatMap(Ambient, (ambient) => codeOf(ambient.readFile(join(root, path)))).pipe(
          under({ folders: [join(root, "open")] })
        )
      assert.strictEqual((yield* read("open/file"))._tag, "ok")
      for (const path of ["open/link", "secret", "open/../secret", "open-not/file"]) {
        assert.strictEqual((yield* read(path))._tag, "server_path_forbidden", path)
      }
    })
  )
})
