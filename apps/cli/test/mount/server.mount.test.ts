/**
 * A server that mounts by its API: below the folder of its operator, and again after it was killed or ended.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { command } from "../command.ts"
import { isMounted, release } from "./mounted.ts"
import { start, succeeds } from "./Program.ts"

interface Answer {
  readonly status: number
  readonly json: any
}

/** A server over a state, and a way to ask it; killed with the Scope. */
const serving = Effect.fnUntraced(function* (environment: Readonly<Record<string, string>>, main: string) {
  const server = yield* start(process.execPath, [main, "serve", "--port", "0"], { env: environment })
  yield* server.says("Mooring listens on ")
  yield* server.says("token: ")
  const url = /listens on (http:\S+)/.exec(server.output())?.[1] ?? ""
  return { server, url }
})

const ask = (url: string, token: string, method: string, path: string, body?: unknown) =>
  Effect.promise(async (): Promise<Answer> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" }
    const answer = await fetch(`${url}${path}`, {
      method,
      headers,
      ...(body !== undefined && { body: JSON.stringify(body) })
    })
    const text = await answer.text()
    return { status: answer.status, json: text === "" ? undefined : JSON.parse(text) }
  })

/** Waits for the kernel to show a mount, or none. */
const untilMounted = (directory: string, wanted: boolean): Effect.Effect<void> =>
  Effect.suspend(() =>
    isMounted(directory) === wanted ? Effect.void : Effect.andThen(Effect.sleep(50), untilMounted(directory, wanted))
  )

/** A server with a folder for mounts, and a backend of it that is a folder of this machine. */
const connected = Effect.gen(function* () {
  const { folder: written, environment, main } = yield* command
  const folder = realpathSync(written)
  const [root, mounts] = [join(folder, "root"), join(folder, "mounts")]
  mkdirSync(root)
  mkdirSync(mounts)
  const settings = { ...environment, MOORING_MOUNT_ROOT: mounts }
  const first = yield* serving(settings, main)
  const token = /^token: (\S+)$/m.exec(first.server.output())?.[1] ?? ""
  const { status, json } = yield* ask(first.url, token, "POST", "/api/v1/backends/local", { root })
  assert.strictEqual(status, 201)
  return { folder, root, mounts, settings, main, first, token, backend: `/api/v1/backends/${json.data.id}` }
})

describe("a server that mounts", () => {
  it.live("refuses what is not below the folder of its operator, and brings back what it had mounted", () =>
    Effect.gen(function* () {
      const { folder, root, mounts, settings, main, first, token, backend } = yield* connected
      writeFileSync(join(root, "a"), "from the backend")
      const target = join(mounts, "all")
      yield* Effect.addFinalizer(() => release(target))
      for (const wrong of ["/", "/etc", folder, join(mounts, ".."), "relative"]) {
        const refused = yield* ask(first.url, token, "POST", `${backend}/mounts`, { target: wrong })
        assert.deepStrictEqual([refused.status, refused.json.errors[0].pointer], [400, "#/target"], wrong)
      }
      const made = yield* ask(first.url, token, "POST", `${backend}/mounts`, { target })
      assert.strictEqual(made.status, 201, JSON.stringify(made.json))
      assert.strictEqual(yield* succeeds('cat "$1/a"; echo written >"$1/b"', [target]), "from the backend")
      assert.strictEqual(readFileSync(join(root, "b"), "utf8"), "written\n")
      assert.deepStrictEqual((yield* ask(first.url, token, "GET", backend)).json.data.mount_paths, [target])

      first.server.signal("SIGKILL")
      yield* first.server.ended
      yield* untilMounted(target, false)
      const second = yield* serving(settings, main)
      yield* untilMounted(target, true)
      assert.strictEqual(yield* succeeds('cat "$1/b"', [target]), "written")

      second.server.signal("SIGTERM")
      yield* second.server.ended
      assert.isFalse(isMounted(target))
      const third = yield* serving(settings, main)
      yield* untilMounted(target, true)
      const [mount] = (yield* ask(third.url, token, "GET", "/api/v1/mounts")).json.data
      assert.deepInclude(mount, { id: made.json.data.id, target, state: "mounted", pending: [] })
      assert.strictEqual((yield* ask(third.url, token, "DELETE", backend)).json.code, "backend_in_use")
      assert.strictEqual((yield* ask(third.url, token, "DELETE", `/api/v1/mounts/${mount.id}`)).status, 204)
      assert.isFalse(isMounted(target))
      assert.strictEqual((yield* ask(third.url, token, "DELETE", backend)).status, 204)
    })
  )

  it.live("answers, and goes on, when it is to mount below a mount of its own", () =>
    Effect.gen(function* () {
      const { root, mounts, first, token, backend } = yield* connected
      mkdirSync(join(root, "d"))
      const target = join(mounts, "all")
      yield* Effect.addFinalizer(() => release(target))
      yield* Effect.addFinalizer(() => release(join(target, "d")))
      assert.strictEqual((yield* ask(first.url, token, "POST", `${backend}/mounts`, { target })).status, 201)
      for (const below of ["d", "none"]) {
        const { status } = yield* ask(first.url, token, "POST", `${backend}/mounts`, { target: join(target, below) })
        assert.isAtMost(status, 499, below)
      }
      assert.strictEqual((yield* ask(first.url, token, "GET", backend)).status, 200)
    })
  )
})
