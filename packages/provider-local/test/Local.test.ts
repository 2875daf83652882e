import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core"
import { list } from "@mooring/core/list"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import * as fs from "node:fs/promises"
import { createServer } from "node:net"
import { join } from "node:path"
import local from "../src/index.ts"
import { environment, openLocal, prepared } from "./directory.ts"

const bytes = (text: string) => Stream.succeed<Uint8Array>(Buffer.from(text))
const codeOf = <A, R>(effect: Effect.Effect<A, StorageError, R>) =>
  Effect.map(Effect.result(effect), (result) => (result._tag === "Failure" ? result.failure.reason._tag : "ok"))

describe("options", () => {
  it("the root is required, absolute, and a file of the server", () => {
    assert.strictEqual(local.prepare({}).issues?.[0]?.code, "missing_field")
    assert.strictEqual(local.prepare({ root: "photos" }).issues?.[0]?.pointer, "#/root")
    assert.deepStrictEqual(prepared({ root: "/data" }).dangers, [
      { pointer: "#/root", danger: "server-file", value: "/data" }
    ])
  })
})

describe("containment", () => {
  it.effect("no symbolic link leads out of the root, neither on the way nor at the end", () =>
    Effect.gen(function* () {
      const { root, store } = yield* openLocal
      const outside = yield* openLocal
      yield* Effect.promise(() => fs.writeFile(join(outside.root, "secret"), "secret"))
      yield* Effect.promise(() => fs.symlink(outside.root, join(root, "link")))
      yield* Effect.promise(() => fs.symlink(join(outside.root, "secret"), join(root, "file")))
      assert.strictEqual(yield* codeOf(Effect.scoped(store.read(["link", "secret"]))), "permission_denied")
      assert.strictEqual(yield* codeOf(Effect.scoped(store.read(["file"]))), "permission_denied")
      assert.strictEqual(yield* codeOf(store.write(["link", "new"], bytes("x"))), "permission_denied")
      assert.strictEqual(yield* codeOf(store.createDirectory!(["link", "made"])), "permission_denied")
      assert.strictEqual(yield* codeOf(store.listPage(["link"])), "permission_denied")
      assert.strictEqual(yield* codeOf(store.move!(["link", "secret"], ["mine"])), "permission_denied")
      assert.strictEqual(yield* codeOf(store.write(["link", "a", "b"], bytes("x"))), "permission_denied")
      assert.deepStrictEqual(yield* Effect.promise(() => fs.readdir(outside.root)), ["secret"])
    })
  )

  it.effect("dots are names that no file can have, and lead nowhere", () =>
    Effect.gen(function* () {
      const { root, store } = yield* openLocal
      yield* Effect.promise(() => fs.mkdir(join(root, "d")))
      for (const path of [["d", "..", "x"], ["..", "x"], ["."]]) {
        yield* store.write(path, bytes("x"))
        assert.strictEqual((yield* store.stat(path)).kind, "object")
      }
      assert.deepStrictEqual((yield* Effect.promise(() => fs.readdir(root))).sort(), ["d", "\uff0e", "\uff0e\uff0e"])
    })
  )
})

describe("writing", () => {
  it.effect("a failed body leaves the old file and nothing beside it", () =>
    Effect.gen(function* () {
      const { root, store } = yield* openLocal
      yield* store.write(["a"], bytes("old"))
      const failing = Stream.concat(bytes("ne"), Stream.fail(StorageError.of("provider_unavailable", "x")))
      assert.strictEqual(yield* codeOf(store.write(["a"], failing)), "provider_unavailable")
      assert.strictEqual(yield* codeOf(store.write(["a"], bytes("new"), { size: 4 })), "integrity_error")
      assert.strictEqual(yield* Effect.promise(() => fs.readFile(join(root, "a"), "utf8")), "old")
      assert.deepStrictEqual(yield* Effect.promise(() => fs.readdir(root)), ["a"])
    })
  )
})

describe("reading", () => {
  it.effect("a file that is changed in its place ends the body with an error", () =>
    Effect.gen(function* () {
      const { root, store } = yield* openLocal
      yield* store.write(["a"], bytes("before"))
      const changing = Effect.gen(function* () {
        const { body } = yield* store.read(["a"])
        yield* Effect.promise(() => fs.writeFile(join(root, "a"), "after!"))
        return yield* Stream.runCollect(body)
      })
      assert.strictEqual(yield* codeOf(Effect.scoped(changing)), "integrity_error")
    })
  )
})

describe("moveDirectory", () => {
  it.effect("does not take the place of an empty directory, or of a file", () =>
    Effect.gen(function* () {
      const { root, store } = yield* openLocal
      yield* store.write(["from", "a"], bytes("a"))
      yield* store.createDirectory!(["empty"])
      yield* store.write(["file"], bytes("file"))
      for (const name of ["empty", "file"]) {
        assert.strictEqual(yield* codeOf(store.moveDirectory!(["from"], [name])), "already_exists")
      }
      assert.deepStrictEqual((yield* Effect.promise(() => fs.readdir(root))).toSorted(), ["empty", "file", "from"])
    })
  )
})

describe("what is no regular file", () => {
  it.effect("a socket is not there, to stat and to read", () =>
    Effect.gen(function* () {
      const { root, store } = yield* openLocal
      const server = createServer()
      yield* Effect.acquireRelease(
        Effect.callback<void>((resume) => void server.listen(join(root, "socket"), () => resume(Effect.void))),
        () => Effect.callback<void>((resume) => void server.close(() => resume(Effect.void)))
      )
      assert.strictEqual(yield* codeOf(store.stat(["socket"])), "not_found")
      assert.strictEqual(yield* codeOf(Effect.scoped(store.read(["socket"]))), "not_found")
    })
  )
})

describe("listing", () => {
  it.effect("a limit of nothing still goes on", () =>
    Effect.gen(function* () {
      const { store } = yield* openLocal
      for (const name of ["a", "b"]) yield* store.write([name], bytes(name))
      for (const recursive of [false, true]) {
        const entries = yield* Stream.runCollect(list(store, [], { recursive, limit: 0 }))
        assert.lengthOf(entries, 2)
      }
    })
  )

  it.effect("a recursive listing goes on where its cursor stands, in any depth", () =>
    Effect.gen(function* () {
      const { store } = yield* openLocal
      const names = ["a/1", "a/2", "a/b/1", "a/b/2", "a/c", "a.txt", "b/x/y/z", "b/x/y/zz", "c"]
      for (const name of names) yield* store.write(name.split("/"), bytes(name))
      for (const limit of [1, 2, 3, 100]) {
        const entries = yield* Stream.runCollect(list(store, [], { recursive: true, limit }))
        assert.deepStrictEqual(entries.map(({ path }) => path.join("/")).sort(), [...names].sort())
      }
      const below = yield* Stream.runCollect(list(store, ["a"], { recursive: true, limit: 1 }))
      assert.deepStrictEqual(
        below.map(({ path }) => path.join("/")),
        ["a/1", "a/2", "a/b/1", "a/b/2", "a/c"]
      )
    })
  )
})

describe("testConnection", () => {
  it.effect("blames the root", () =>
    Effect.gen(function* () {
      const stages = yield* prepared({ root: "/nowhere/at/all" }).test({})
      assert.deepInclude(stages[0], { stage: "connect", outcome: "failed", code: "not_found", pointer: "#/root" })
      const { root } = yield* openLocal
      const good = yield* prepared({ root }).test({ write: true })
      assert.deepStrictEqual(
        good.map(({ outcome }) => outcome),
        ["passed", "passed", "passed"]
      )
      assert.deepStrictEqual(yield* Effect.promise(() => fs.readdir(root)), [])
    }).pipe(Effect.provide(environment))
  )

  it.effect("makes no directory to write to", () =>
    Effect.gen(function* () {
      const { root } = yield* openLocal
      const stages = yield* prepared({ root }).test({ at: ["missing", "deeper"], write: true })
      assert.deepStrictEqual(
        stages.map(({ stage, outcome }) => [stage, outcome]),
        [
          ["connect", "passed"],
          ["list", "failed"],
          ["write", "skipped"]
        ]
      )
      assert.deepStrictEqual(yield* Effect.promise(() => fs.readdir(root)), [])
    }).pipe(Effect.provide(environment))
  )
})
