import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Stream from "effect/Stream"
import { capabilitiesOf } from "../../src/Capabilities.ts"
import type { ObjectStore } from "../../src/ObjectStore.ts"
import { prefix } from "../../src/wrappers/prefix.ts"
import { readOnly } from "../../src/wrappers/readOnly.ts"
import { tracing } from "../../src/wrappers/tracing.ts"

/** A store that remembers which paths it was asked for, and answers with them. */
const recording = () => {
  const calls: Array<string> = []
  const object = (path: ReadonlyArray<string>) => ({ kind: "object", path, size: 0 }) as const
  const note = (name: string, ...paths: ReadonlyArray<ReadonlyArray<string>>) =>
    Effect.sync(() => {
      calls.push([name, ...paths.map((path) => path.join("/"))].join(" "))
      return object(paths.at(-1) ?? [])
    })
  const store: ObjectStore = {
    limits: {
      containers: true,
      writeConditions: ["ifMatch"],
      stores: ["modified"]
    } as unknown as ObjectStore["limits"],
    check: Effect.asVoid(note("check")),
    stat: (path) => note("stat", path),
    listPage: (path) => Effect.map(note("listPage", path), () => ({ entries: [object([...path, "x"])] })),
    read: (path) => Effect.map(note("read", path), (info) => ({ info, body: Stream.empty })),
    write: (path) => note("write", path),
    remove: (path) => Effect.asVoid(note("remove", path)),
    copy: (from, to) => note("copy", from, to),
    removeMany: (paths) => Effect.asVoid(note("removeMany", ...paths))
  }
  return { store, calls }
}

describe("prefix", () => {
  it.effect("shifts paths on the way in and out, and has the members of the store", () =>
    Effect.gen(function* () {
      const { store, calls } = recording()
      const below = prefix(store, ["b", "p"])
      assert.deepStrictEqual((yield* below.stat(["a"])).path, ["a"])
      assert.deepStrictEqual(
        (yield* below.listPage(["d"])).entries.map(({ path }) => path),
        [["d", "x"]]
      )
      assert.deepStrictEqual((yield* Effect.scoped(below.read(["a"]))).info.path, ["a"])
      assert.deepStrictEqual((yield* below.write(["w"], Stream.empty)).path, ["w"])
      yield* below.remove([".."])
      assert.deepStrictEqual((yield* below.copy!(["f"], ["t"])).path, ["t"])
      yield* below.removeMany!([["1"], ["2"]])
      assert.deepStrictEqual(calls, [
        "stat b/p/a",
        "listPage b/p/d",
        "read b/p/a",
        "write b/p/w",
        "remove b/p/..",
        "copy b/p/f b/p/t",
        "removeMany b/p/1 b/p/2"
      ])
      const { members, limits } = capabilitiesOf(below)
      assert.deepStrictEqual(
        Object.keys(members).filter((name) => members[name as keyof typeof members]),
        ["copy", "removeMany"]
      )
      assert.isFalse(limits.containers)
    })
  )
})

describe("readOnly", () => {
  it.effect("refuses each change and has no member that changes", () =>
    Effect.gen(function* () {
      const { store, calls } = recording()
      const closed = readOnly(store)
      for (const change of [closed.write(["a"], Stream.empty), closed.remove(["a"])]) {
        assert.strictEqual((yield* Effect.flip(change as ReturnType<typeof closed.remove>)).reason._tag, "read_only")
      }
      yield* closed.stat(["a"])
      assert.deepStrictEqual(calls, ["stat a"])
      const { members, limits } = capabilitiesOf(closed)
      assert.isTrue(Object.values(members).every((present) => !present))
      assert.deepStrictEqual([limits.writeConditions, limits.stores, limits.containers], [[], [], true])
    })
  )
})

describe("tracing", () => {
  it.effect("runs each operation in its span and keeps the members", () =>
    Effect.gen(function* () {
      const { store } = recording()
      let span = ""
      const spying: ObjectStore = {
        ...store,
        remove: () => Effect.map(Effect.currentSpan, ({ name }) => void (span = name)).pipe(Effect.orDie)
      }
      const traced = tracing(spying, "bck_1")
      yield* traced.remove(["a"])
      assert.strictEqual(span, "ObjectStore.remove")
      assert.deepStrictEqual(capabilitiesOf(traced), capabilitiesOf(store))
    })
  )
})
