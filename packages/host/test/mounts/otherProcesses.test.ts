/**
 * Mounts that one process serves, and others end or change.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { thisProcess } from "../../src/mounts/ProcessIdentity.ts"
import { connected, options, start } from "./hosts.ts"

const forced = { deadline: 1_000, force: true }
const patient = { deadline: 5_000, force: false }

/** A mount of one host with a file that does not get written, and another host. */
const withUnwritten = Effect.gen(function* () {
  const { kernel, targets, running } = yield* start
  const [one, other] = [yield* running, yield* running]
  yield* connected(one.backends)
  const mount = yield* one.mounts.mount({ backend: "b", path: [], target: targets[0], options, restored: false })
  kernel.pending = [{ path: "file", bytes: 3 }]
  return { kernel, mount, other, end: Effect.andThen(one.end, other.end) }
})

describe("a mount of another process", () => {
  it.live("is ended with what is left, if that is forced", () =>
    Effect.gen(function* () {
      const { kernel, mount, other, end } = yield* withUnwritten
      yield* other.mounts.unmount(mount.id, forced)
      assert.deepStrictEqual(kernel.unmounts, [forced])
      assert.deepStrictEqual([kernel.mounted.size, yield* other.mounts.list], [0, []])
      yield* end
    })
  )

  it.live("says what is lost, if it is forced to end", () =>
    Effect.gen(function* () {
      const { kernel, mount, other, end } = yield* withUnwritten
      assert.deepStrictEqual(yield* other.mounts.unmount(mount.id, forced), kernel.pending)
      assert.deepStrictEqual([kernel.mounted.size, yield* other.mounts.list], [0, []])
      yield* end
    })
  )

  it.live("is not asked any more once nobody waits for it to end", () =>
    Effect.gen(function* () {
      const { targets, running } = yield* start
      const { mounts, backends, repository, end } = yield* running
      const { id: backend } = yield* connected(backends)
      // Of a process that runs and does not look: this one, which never heard of it.
      const status = { served: yield* thisProcess, mounted: true, pending: [] }
      const id = "mnt_0000000000000000"
      const record = { id, backend, path: "", target: targets[0], options, restored: false, created: 1 }
      yield* repository.insert({ ...record, status })
      const error = yield* Effect.flip(mounts.unmount(id, { ...patient, deadline: 0 }))
      assert.strictEqual(error.reason._tag, "backend_in_use")
      assert.deepStrictEqual((yield* repository.get(id)).status, status)
      yield* end
    })
  )

  it.live("can be ended when the backend has options that its process may not use", () =>
    Effect.gen(function* () {
      const { kernel, targets, running, runningForStrangers } = yield* start
      const [server, own] = [yield* runningForStrangers, yield* running]
      const { id } = yield* connected(own.backends)
      const mount = yield* server.mounts.mount({ backend: "b", path: [], target: targets[0], options, restored: false })
      // A store that cannot take a change over is forgotten, and the server may not open another with a file of its own.
      yield* server.stores.forget(id)
      yield* own.backends.replace(id, { file: "/file" })
      assert.deepStrictEqual(yield* own.mounts.unmount(mount.id, patient), [])
      assert.strictEqual(kernel.mounted.size, 0)
      yield* server.end
      yield* own.end
    })
  )
})

describe("a mount that somebody else unmounts", () => {
  it.live("still has what is pending written, or told", () =>
    Effect.gen(function* () {
      const { kernel, targets, running } = yield* start
      const { mounts, backends, end } = yield* running
      yield* connected(backends)
      yield* mounts.mount({ backend: "b", path: [], target: targets[0], options, restored: true })
      kernel.pending = [{ path: "file", bytes: 3 }]
      yield* kernel.end(targets[0])
      while ((yield* mounts.list).length > 0) yield* Effect.sleep(20)
      assert.deepStrictEqual(kernel.unmounts, [{ deadline: 30_000, force: true }])
      yield* end
    })
  )
})
