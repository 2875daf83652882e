import { assert, describe, it } from "@effect/vitest"
import { StorageError } from "@mooring/core/StorageError"
import * as Effect from "effect/Effect"
import { connected, gone, options, start } from "./hosts.ts"

const patient = { deadline: 5_000, force: false }

describe("mounts", () => {
  it.live("are made, shown with the backend, and ended", () =>
    Effect.gen(function* () {
      const { kernel, targets, running } = yield* start
      const { mounts, backends, end } = yield* running
      const { id } = yield* connected(backends)
      const wanted = { backend: "b", path: ["c", "d"], target: targets[0], options, restored: false }
      const mount = yield* mounts.mount(wanted)
      assert.match(mount.id, /^mnt_[0-9a-f]{16}$/)
      assert.deepInclude(mount, { backend: id, path: "c/d", target: targets[0], state: "mounted", pid: process.pid })
      assert.deepStrictEqual(kernel.mounted.get(targets[0])?.path, ["c", "d"])
      assert.deepStrictEqual(yield* mounts.list, [mount])
      assert.deepStrictEqual(yield* mounts.get(targets[0]), mount)
      assert.deepStrictEqual((yield* backends.get("b")).mountPaths, [targets[0]])
      assert.strictEqual((yield* Effect.flip(backends.remove("b"))).reason._tag, "backend_in_use")
      assert.deepStrictEqual(yield* mounts.unmount(mount.id, patient), [])
      assert.deepStrictEqual([kernel.mounted.size, (yield* mounts.list).length], [0, 0])
      yield* backends.remove("b")
      yield* end
    })
  )

  it.live("are refused where something is mounted, and leave nothing behind where they fail", () =>
    Effect.gen(function* () {
      const { kernel, targets, running } = yield* start
      const { mounts, backends, end } = yield* running
      yield* connected(backends)
      const wanted = { backend: "b", path: [], target: targets[0], options, restored: false }
      const again = Effect.map(Effect.flip(mounts.mount(wanted)), ({ reason }) => reason._tag)
      yield* mounts.mount(wanted)
      assert.strictEqual(yield* again, "already_exists")
      yield* mounts.unmount(targets[0], patient)
      kernel.mounted.set(targets[0], {} as never)
      assert.strictEqual(yield* again, "already_exists")
      kernel.mounted.clear()
      kernel.failure = StorageError.of("unsupported", "there is no FUSE here")
      assert.strictEqual(yield* again, "unsupported")
      assert.deepStrictEqual(yield* mounts.list, [])
      kernel.failure = undefined
      const inside = { ...options, cacheFolder: `${targets[0]}/cache` }
      const { reason } = yield* Effect.flip(mounts.mount({ ...wanted, options: inside }))
      assert.deepStrictEqual([reason._tag, reason.pointer], ["invalid_value", "#/cache_folder"])
      assert.strictEqual(kernel.mounted.size, 0)
      yield* end
    })
  )

  it.live("stay while something is not written or open, and say what", () =>
    Effect.gen(function* () {
      const { kernel, targets, running } = yield* start
      const { mounts, backends, end } = yield* running
      yield* connected(backends)
      const mount = yield* mounts.mount({ backend: "b", path: [], target: targets[0], options, restored: false })
      kernel.busy = true
      assert.strictEqual((yield* Effect.flip(mounts.unmount(mount.id, patient))).reason._tag, "backend_in_use")
      kernel.busy = false
      kernel.pending = [{ path: "file", bytes: 3 }]
      assert.deepStrictEqual(yield* mounts.unmount(mount.id, patient), kernel.pending)
      assert.strictEqual(kernel.mounted.size, 1)
      assert.deepStrictEqual(yield* mounts.unmount(mount.id, { ...patient, force: true }), kernel.pending)
      assert.deepStrictEqual([kernel.mounted.size, (yield* mounts.list).length], [0, 0])
      yield* end
    })
  )

  it.live("are seen and ended by other hosts on the same state", () =>
    Effect.gen(function* () {
      const { kernel, targets, running } = yield* start
      const [one, other] = [yield* running, yield* running]
      yield* connected(one.backends)
      const mount = yield* one.mounts.mount({ backend: "b", path: [], target: targets[0], options, restored: false })
      assert.deepStrictEqual(yield* other.mounts.list, [mount])
      const long = { deadline: 600_000, force: false }
      kernel.busy = true
      assert.strictEqual((yield* Effect.flip(other.mounts.unmount(mount.id, long))).reason._tag, "backend_in_use")
      kernel.busy = false
      kernel.pending = [{ path: "file", bytes: 3 }]
      assert.deepStrictEqual(yield* other.mounts.unmount(mount.id, long), kernel.pending)
      kernel.pending = []
      assert.deepStrictEqual(yield* other.mounts.unmount(mount.id, long), [])
      yield* one.mounts.ended(mount.id)
      assert.deepStrictEqual([kernel.mounted.size, (yield* other.mounts.list).length], [0, 0])
      yield* one.end
      yield* other.end
    })
  )

  it.live("are forgotten when somebody else unmounts them, and end with their host", () =>
    Effect.gen(function* () {
      const { kernel, targets, running } = yield* start
      const [one, other] = [yield* running, yield* running]
      yield* connected(one.backends)
      const wanted = { backend: "b", path: [], options, restored: false }
      const first = yield* one.mounts.mount({ ...wanted, target: targets[0] })
      yield* Effect.forkChild(kernel.end(targets[0]))
      yield* one.mounts.ended(first.id)
      yield* one.mounts.mount({ ...wanted, target: targets[1] })
      yield* one.end
      assert.deepStrictEqual([kernel.mounted.size, yield* other.mounts.list], [0, []])
      yield* other.end
    })
  )

  it.live("are written before their host ends, for as long as that may take", () =>
    Effect.gen(function* () {
      const { kernel, targets, running } = yield* start
      const { mounts, backends, end } = yield* running
      yield* connected(backends)
      yield* mounts.mount({ backend: "b", path: [], target: targets[0], options, restored: true })
      yield* end
      assert.deepStrictEqual(kernel.unmounts, [{ deadline: 30_000, force: true }])
      assert.strictEqual(kernel.mounted.size, 0)
    })
  )

  it.live("get new credentials of another process, and go on over the store they have", () =>
    Effect.gen(function* () {
      const { kernel, targets, running, seen } = yield* start
      const [one, other] = [yield* running, yield* running]
      const { id } = yield* connected(one.backends)
      yield* one.mounts.mount({ backend: "b", path: [], target: targets[0], options, restored: false })
      const store = kernel.mounted.get(targets[0])?.store
      const used = Effect.map(store?.check ?? Effect.die("not mounted"), () => seen.keys.at(-1))
      assert.strictEqual(yield* used, "k")
      yield* other.backends.replace(id, { key: "renewed" })
      while ((yield* used) !== "renewed") yield* Effect.sleep(20)
      assert.strictEqual(kernel.mounted.get(targets[0])?.store, store)
      yield* one.end
      yield* other.end
    })
  )

  it.live("come back with a server, over what its last process left", () =>
    Effect.gen(function* () {
      const { kernel, targets, running } = yield* start
      const one = yield* running
      yield* connected(one.backends)
      const wanted = { backend: "b", path: ["p"], options: { ...options, readOnly: true } }
      const kept = yield* one.mounts.mount({ ...wanted, target: targets[0], restored: true })
      yield* one.end
      assert.strictEqual(kernel.mounted.size, 0)

      const two = yield* running
      yield* two.repository.report(kept.id, { served: gone(), mounted: true, pending: [{ path: "lost", bytes: 1 }] })
      kernel.dead.add(targets[0])
      const [dead] = yield* two.mounts.list
      assert.deepInclude(dead, { state: "dead", pending: [] })
      assert.deepStrictEqual((yield* two.backends.get("b")).mountPaths, [])
      assert.deepStrictEqual(yield* two.mounts.restore, [])
      assert.deepStrictEqual([...kernel.dead], [])
      assert.deepInclude(kernel.mounted.get(targets[0]), { path: ["p"], options: wanted.options })
      assert.deepInclude(yield* two.mounts.get(kept.id), { state: "mounted", pid: process.pid })
      yield* two.end
    })
  )

  it.live("that cannot come back are told with the reason, and stay", () =>
    Effect.gen(function* () {
      const { kernel, targets, running } = yield* start
      const one = yield* running
      yield* connected(one.backends)
      const wanted = { backend: "b", path: [], options, restored: true }
      const kept = yield* one.mounts.mount({ ...wanted, target: targets[0] })
      yield* one.end
      const two = yield* running
      yield* two.repository.report(kept.id, { served: gone(), mounted: true, pending: [] })
      kernel.failure = StorageError.of("unsupported", "there is no FUSE here")
      const [failed] = yield* two.mounts.restore
      assert.deepStrictEqual([failed?.mount.id, failed?.error.reason._tag], [kept.id, "unsupported"])
      assert.strictEqual((yield* two.mounts.get(kept.id)).state, "dead")
      assert.deepStrictEqual(yield* two.mounts.unmount(kept.id, patient), [])
      yield* two.end
    })
  )
})
