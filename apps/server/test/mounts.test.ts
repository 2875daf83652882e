import { assert, describe, it } from "@effect/vitest"
import { MountDriver, type LiveMount, type MountRequest } from "@mooring/host"
import * as Effect from "effect/Effect"
import * as Layer from "effect/Layer"
import { existsSync, mkdirSync } from "node:fs"
import { join } from "node:path"
import { running } from "./running.ts"

/** A driver that remembers what it was asked for, and of which some files are never written in time. */
const remembering = () => {
  const requests: Array<MountRequest> = []
  const pending: Array<{ path: string; bytes: number }> = []
  const live: LiveMount = {
    pending: Effect.sync(() => [...pending]),
    unmount: () => Effect.sync(() => [...pending]),
    ended: Effect.never
  }
  const driver = Layer.succeed(MountDriver, {
    mount: (request) =>
      Effect.sync(() => {
        requests.push(request)
        return live
      }),
    prepare: () => Effect.void
  })
  return { requests, pending, driver }
}

const start = Effect.fnUntraced(function* (policy: "local" | "multi-tenant" = "local", mountRoot = true) {
  const { requests, pending, driver } = remembering()
  const server = yield* running(policy, { mountRoot, driver })
  const body = { endpoint: "https://example.invalid", key: "k" }
  const { json } = yield* server.send("POST", "/api/v1/backends/sample", { body })
  const backend = String(json.data.id)
  const mount = (body: unknown) => server.send("POST", `/api/v1/backends/${backend}/mounts`, { body })
  return { ...server, requests, pending, backend, mount }
})

describe("mounts", () => {
  it.live("are made, shown, named in the backend's answer, and ended", () =>
    Effect.gen(function* () {
      const { send, mounts, requests, backend, mount } = yield* start()
      const target = join(mounts, "photos")
      const modes = { umask: "027", file_mode: "777" }
      const made = yield* mount({ target, path: "c/d", read_only: true, ...modes, directory_age: 1.5, uid: 7 })
      assert.strictEqual(made.status, 201)
      const { id, created, ...rest } = made.json.data
      assert.match(id, /^mnt_[0-9a-f]{16}$/)
      assert.match(created, /^\d{4}-.*Z$/)
      const shown = { backend, path: "c/d", target, state: "mounted", read_only: true, pending: [] }
      assert.deepStrictEqual(rest, shown)
      assert.isTrue(existsSync(target))
      assert.deepStrictEqual(requests[0]?.path, ["c", "d"])
      assert.deepStrictEqual(requests[0]?.options, {
        readOnly: true,
        allowOther: false,
        uid: 7,
        umask: 0o027,
        fileMode: 0o777,
        directoryAge: 1500
      })
      assert.deepStrictEqual((yield* send("GET", "/api/v1/mounts")).json.data, [made.json.data])
      assert.deepStrictEqual((yield* send("GET", `/api/v1/mounts/${id}`)).json.data, made.json.data)
      assert.deepStrictEqual((yield* send("GET", `/api/v1/backends/${backend}`)).json.data.mount_paths, [target])
      const refused = yield* send("DELETE", `/api/v1/backends/${backend}`)
      assert.deepStrictEqual([refused.status, refused.json.code], [409, "backend_in_use"])
      assert.strictEqual((yield* send("DELETE", `/api/v1/mounts/${id}`)).status, 204)
      assert.deepStrictEqual((yield* send("GET", "/api/v1/mounts")).json.data, [])
      assert.strictEqual((yield* send("GET", `/api/v1/mounts/${id}`)).status, 404)
      assert.strictEqual((yield* send("DELETE", `/api/v1/backends/${backend}`)).status, 204)
    })
  )

  it.live("name the field that is wrong", () =>
    Effect.gen(function* () {
      const { mounts, requests, mount } = yield* start()
      mkdirSync(join(mounts, "full/inner"), { recursive: true })
      const target = join(mounts, "new")
      const wrong: ReadonlyArray<readonly [Record<string, unknown>, string, string]> = [
        [{}, "missing_field", "#/target"],
        [{ target: 7 }, "invalid_value", "#/target"],
        [{ target, place: "x" }, "unknown_field", "#/place"],
        [{ target, umask: "9" }, "invalid_value", "#/umask"],
        [{ target, file_mode: "rwx" }, "invalid_value", "#/file_mode"],
        [{ target, uid: -1 }, "invalid_value", "#/uid"],
        [{ target, gid: 1.5 }, "invalid_value", "#/gid"],
        [{ target, cache_size: -1 }, "invalid_value", "#/cache_size"],
        [{ target, directory_age: -1 }, "invalid_value", "#/directory_age"],
        [{ target: "/" }, "invalid_value", "#/target"],
        [{ target: "/etc" }, "invalid_value", "#/target"],
        [{ target: "relative" }, "invalid_value", "#/target"],
        [{ target: join(mounts, "..") }, "invalid_value", "#/target"],
        [{ target: join(mounts, "full") }, "not_empty", "#/target"]
      ]
      for (const [body, code, pointer] of wrong) {
        const { status, json } = yield* mount(body)
        const said = JSON.stringify(body)
        assert.deepStrictEqual([json.success, json.code, json.errors[0]?.pointer], [false, code, pointer], said)
        assert.strictEqual(status, code === "not_empty" ? 409 : 400, said)
      }
      assert.deepStrictEqual(requests, [])
    })
  )

  it.live("stay with what is not written, which is listed, until they are forced", () =>
    Effect.gen(function* () {
      const { send, mounts, pending, mount } = yield* start()
      const { json } = yield* mount({ target: join(mounts, "m") })
      const route = `/api/v1/mounts/${json.data.id}`
      pending.push({ path: "a/file", bytes: 12 })
      const kept = yield* send("DELETE", `${route}?deadline=1`)
      assert.deepStrictEqual([kept.status, kept.json.code], [409, "backend_in_use"])
      assert.include(kept.json.error, "a/file (12 bytes)")
      assert.strictEqual((yield* send("GET", route)).status, 200)
      assert.strictEqual((yield* send("DELETE", `${route}?deadline=soon`)).status, 400)
      assert.strictEqual((yield* send("DELETE", `${route}?force=true`)).status, 204)
      assert.strictEqual((yield* send("GET", route)).status, 404)
    })
  )

  it.live("are for strangers only where the operator says so", () =>
    Effect.gen(function* () {
      const { mounts, requests, mount } = yield* start("multi-tenant", false)
      const { status, json } = yield* mount({ target: join(mounts, "m") })
      assert.deepStrictEqual([status, json.code, requests.length], [403, "server_path_forbidden", 0])
    })
  )
})
