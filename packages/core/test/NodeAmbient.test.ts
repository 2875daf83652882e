import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import * as Fiber from "effect/Fiber"
import * as fs from "node:fs"
import { homedir, tmpdir } from "node:os"
import { join } from "node:path"
import { Ambient } from "../src/Ambient.ts"
import type { ErrorCode } from "../src/errorCodes.ts"
import { layer, type AmbientPolicy } from "../src/NodeAmbient.ts"
import type { StorageError } from "../src/StorageError.ts"
import { eventually } from "./transport/servers.ts"

const folder = Effect.acquireRelease(
  Effect.sync(() => fs.mkdtempSync(join(tmpdir(), "mooring-ambient-"))),
  (path) => Effect.sync(() => fs.rmSync(path, { recursive: true }))
)

const under = <A, E, R>(allow: AmbientPolicy["allow"], effect: Effect.Effect<A, E, R | Ambient>) =>
  Effect.provide(effect, layer({ env: { ...process.env, MOORING_KNOWN: "value" }, allow }))

const read = (path: string) => Effect.flatMap(Ambient, (it) => it.readFile(path))
const run = (program: string, ...args: ReadonlyArray<string>) => Effect.flatMap(Ambient, (it) => it.run(program, args))
const node = (script: string) => run(process.execPath, "-e", script)

/** Whether a process with this id is there. */
const lives = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const failsWith = <A, R>(code: ErrorCode, effect: Effect.Effect<A, StorageError, R>) =>
  Effect.map(Effect.flip(effect), ({ reason }) => {
    assert.strictEqual(reason._tag, code)
    return reason.detail
  })

describe("a file", () => {
  it.live("is read whole, up to 1 MiB", () =>
    Effect.gen(function* () {
      const home = yield* folder
      const path = join(home, "most")
      fs.writeFileSync(path, Buffer.alloc(1024 * 1024, 7))
      assert.lengthOf(yield* under("all", read(path)), 1024 * 1024)
      fs.appendFileSync(path, "x")
      yield* failsWith("invalid_value", under("all", read(path)))
    })
  )

  it.live("must be a regular one", () =>
    Effect.gen(function* () {
      for (const path of ["/dev/zero", yield* folder]) yield* failsWith("invalid_value", under("all", read(path)))
    })
  )

  it.live("that is missing is not_found where all are permitted", () =>
    Effect.gen(function* () {
      const home = yield* folder
      yield* failsWith("not_found", under("all", read(join(home, "none"))))
      fs.writeFileSync(join(home, "file"), "x")
      yield* failsWith("not_found", under("all", read(join(home, "file", "below"))))
    })
  )

  it.live("that begins with ~ is in the home folder", () =>
    Effect.gen(function* () {
      const name = `.mooring-ambient-${process.pid}`
      yield* Effect.acquireRelease(
        Effect.sync(() => fs.writeFileSync(join(homedir(), name), "mine")),
        () => Effect.sync(() => fs.rmSync(join(homedir(), name)))
      )
      assert.strictEqual(Buffer.from(yield* under("all", read(`~/${name}`))).toString(), "mine")
    })
  )

  it.live("is refused in the same words whether it exists or not", () =>
    Effect.gen(function* () {
      const details = yield* Effect.forEach(["/etc/passwd", "/etc/none", "/var/x", "/dev/zero", "~/x"], (path) =>
        Effect.forEach(["none", { folders: ["/usr/share"] }] as const, (allow) =>
          failsWith("server_path_forbidden", under(allow, read(path)))
        )
      )
      assert.strictEqual(new Set(details.flat()).size, 1)
    })
  )

  it.live("is permitted in a folder, by where it really is", () =>
    Effect.gen(function* () {
      const base = yield* folder
      for (const name of ["in", "inside", "out"]) fs.mkdirSync(join(base, name))
      for (const name of ["in/file", "inside/file", "out/file"]) fs.writeFileSync(join(base, name), name)
      fs.symlinkSync(join(base, "out/file"), join(base, "in/leads-out"))
      fs.symlinkSync(join(base, "in/file"), join(base, "out/leads-in"))
      fs.symlinkSync(join(base, "in"), join(base, "alias"))
      for (const folder of ["in", "alias"]) {
        const allow = { folders: [join(base, folder)] }
        for (const path of ["in/file", "alias/file", "out/leads-in", "out/../in/file"]) {
          assert.strictEqual(Buffer.from(yield* under(allow, read(join(base, path)))).toString(), "in/file")
        }
        for (const path of ["out/file", "inside/file", "in/leads-out", "in/../out/file", "in/none"]) {
          yield* failsWith("server_path_forbidden", under(allow, read(`${base}/${path}`)))
        }
      }
    })
  )
})

describe("the environment and programs", () => {
  it.live.each(["none", { folders: ["/"] }] as const)("are refused under %j", (allow) =>
    Effect.gen(function* () {
      const ambient = yield* Ambient
      yield* failsWith("ambient_credentials_forbidden", ambient.env("MOORING_KNOWN"))
      yield* failsWith("ambient_credentials_forbidden", ambient.env("MOORING_UNKNOWN"))
      yield* failsWith("ambient_credentials_forbidden", node(""))
    }).pipe((effect) => under(allow, effect))
  )

  it.live("answer where all is permitted, and see only the environment they were given", () =>
    Effect.gen(function* () {
      const ambient = yield* Ambient
      assert.strictEqual(yield* ambient.env("MOORING_KNOWN"), "value")
      assert.isUndefined(yield* ambient.env("MOORING_UNKNOWN"))
      assert.strictEqual(yield* node("process.stdout.write(process.env.MOORING_KNOWN)"), "value")
    }).pipe((effect) => under("all", effect))
  )

  it.live("no shell reads the arguments", () =>
    Effect.gen(function* () {
      assert.strictEqual(yield* run("echo", "$HOME; `id` > x"), "$HOME; `id` > x\n")
    }).pipe((effect) => under("all", effect))
  )

  it.live.each(["process.exit(3)", "process.stdout.write('x'.repeat(2 ** 21))", "throw new Error('secret')"])(
    "%s fails without the program's words",
    (script) =>
      Effect.gen(function* () {
        assert.notInclude(yield* failsWith("auth_invalid", node(script)), "secret")
      }).pipe((effect) => under("all", effect))
  )

  it.live("a program that is not installed is an error", () =>
    failsWith("auth_invalid", under("all", run("mooring-has-no-such-program")))
  )

  it.live("an interruption kills a program that will not end", () =>
    Effect.gen(function* () {
      const path = join(yield* folder, "pid")
      const script = `process.on("SIGTERM", () => {}); require("fs").writeFileSync(${JSON.stringify(path)}, String(process.pid)); setInterval(() => {}, 1e3)`
      const running = yield* Effect.forkChild(under("all", node(script)))
      yield* eventually(() => fs.existsSync(path) && fs.readFileSync(path, "utf8") !== "")
      const pid = Number(fs.readFileSync(path, "utf8"))
      assert.isTrue(lives(pid))
      yield* Fiber.interrupt(running)
      yield* eventually(() => !lives(pid))
    })
  )
})
