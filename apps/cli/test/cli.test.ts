import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { spawn } from "node:child_process"
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import { command } from "./command.ts"
import { hostile } from "./hostileNames.ts"

/** A provider with a secret, as an operator would install it beside the state. It shows the secret's length only. */
const vaulted = `
const secret = { name: "secret_key", help: "", kind: "secret", secret: true, default: "", expects: "text", jsonSchema: { type: "string" } }
export default {
  pluginApi: 1, id: "vaulted", aliases: [],
  describe: () => ({ id: "vaulted", backendType: "vaulted", title: "", description: "", options: [secret], jsonSchema: {} }),
  prepare: (raw) => raw.secret_key === "hunter2"
    ? { view: {}, secrets: ["secret_key"], dangers: [], test: () => globalThis.nothing, open: globalThis.nothing }
    : { issues: [{ pointer: "#/secret_key", code: "invalid_value", detail: "has " + String(raw.secret_key ?? "").length + " characters" }] }
}`

const installVaulted = (state: string) => {
  const folder = join(state, "plugins", "node_modules", "@mooring", "provider-vaulted")
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(
    join(folder, "package.json"),
    `{"name":"@mooring/provider-vaulted","type":"module","exports":"./index.js"}`
  )
  writeFileSync(join(folder, "index.js"), vaulted)
}

describe("mooring", () => {
  it.live(
    "connects, lists, and forgets",
    () =>
      Effect.gen(function* () {
        const { folder, run } = yield* command
        mkdirSync(join(folder, "root", "sub"), { recursive: true })
        writeFileSync(join(folder, "root", "sub", "a"), "one")
        const connected = yield* run(["connect", "local", "--root", join(folder, "root"), "--name", "here", "--json"])
        assert.strictEqual(connected.code, 0, connected.error)
        const { id } = JSON.parse(connected.out) as { id: string }
        assert.include((yield* run(["backends"])).out, `${id}  local  here`)
        const listed = yield* run(["ls", "here:", "-r", "--json"])
        assert.deepInclude(JSON.parse(listed.out), { kind: "object", path: "sub/a", size: 3 })
        const again = yield* run(["connect", "local", "--root", join(folder, "root"), "--name", "here"])
        assert.deepStrictEqual([again.code, again.out], [1, ""])
        assert.include(again.error, "already_exists")
        assert.strictEqual((yield* run(["disconnect", "here"])).code, 0)
        assert.strictEqual((yield* run(["ls", "here:"])).code, 1)
      }),
    600_000
  )

  it.live(
    "says every problem, with exit code 1",
    () =>
      Effect.gen(function* () {
        const { run } = yield* command
        const refused = yield* run(["connect", "local", "--rot", "/tmp"])
        assert.strictEqual(refused.code, 1)
        assert.include(refused.error, "--rot: there is no such option (try root)")
        assert.include(refused.error, "--root: this option is required")
        const json = yield* run(["connect", "local", "--rot", "/tmp", "--json"])
        assert.deepInclude(JSON.parse(json.error), { success: false, code: "unknown_field" })
        const missing = yield* run(["connect", "tardigrade"])
        assert.deepStrictEqual(
          [missing.code, missing.error.includes("npm install @mooring/provider-tardigrade")],
          [1, true]
        )
        const test = yield* run(["test", "local", "--root", "/does/not/exist"])
        assert.deepStrictEqual([test.code, test.out.startsWith("failed")], [1, true])
        assert.include(test.out, "--root: ")
        const nowhere = yield* run(["connect", "local", "--root", "/does/not/exist"])
        assert.strictEqual(nowhere.code, 1)
        assert.match(nowhere.error, /^error: not_found: .*\n {2}--root: /m)
        assert.strictEqual((yield* run(["nonsense"])).code, 1)
      }),
    600_000
  )

  it.live(
    "takes secrets from stdin, environment and file, and warns of one on the command line",
    () =>
      Effect.gen(function* () {
        const { folder, state, run } = yield* command
        mkdirSync(state, { mode: 0o700 })
        installVaulted(state)
        const file = join(folder, "options.json")
        writeFileSync(file, `{"secret_key":"1234567"}`)
        const said = (given: { readonly error: string }) => /has (\d+) characters/.exec(given.error)?.[1]
        const fromArgument = yield* run(["connect", "vaulted", "--secret-key", "CANARY"])
        assert.deepStrictEqual([said(fromArgument), fromArgument.error.includes("warning: secret_key")], ["6", true])
        assert.notInclude(fromArgument.error, "CANARY")
        const fromStdin = yield* run(["connect", "vaulted", "--secret-key", "-"], "12345678\n")
        assert.deepStrictEqual([said(fromStdin), fromStdin.error.includes("warning")], ["8", false])
        const fromEnvironment = yield* run(["connect", "vaulted"], "", { MOORING_VAULTED_SECRET_KEY: "123456789" })
        assert.strictEqual(said(fromEnvironment), "9")
        assert.strictEqual(said(yield* run(["connect", "vaulted", "--from-file", file])), "7")
        assert.strictEqual(said(yield* run(["connect", "vaulted", "--set", "secret_key=a=b"])), "3")
        const twice = yield* run(["connect", "vaulted", "--secret-key", "-", "--secret-key", "-"], "12345678\n")
        assert.deepStrictEqual([twice.code, twice.error.includes("invalid_value")], [1, true])
        for (const text of ["null", "[]", "1"]) {
          writeFileSync(file, text)
          const refused = yield* run(["connect", "vaulted", "--from-file", file, "--set", "secret_key=x"])
          assert.match(refused.error, /error: invalid_value: the file of options is not a JSON object/)
        }
      }),
    600_000
  )

  it.live(
    "copies a directory there and back, hostile names included",
    () =>
      Effect.gen(function* () {
        const { folder, run } = yield* command
        const path = (...parts: ReadonlyArray<string | Buffer>) =>
          Buffer.concat([Buffer.from(folder), ...parts.flatMap((part) => [Buffer.from("/"), Buffer.from(part)])])
        mkdirSync(join(folder, "source", "deep", "er"), { recursive: true })
        mkdirSync(join(folder, "source", "void", "deeper"), { recursive: true })
        mkdirSync(join(folder, "root"))
        for (const name of hostile) {
          writeFileSync(path("source", name), name)
          writeFileSync(path("source", "deep", "er", name), "below")
        }
        yield* run(["connect", "local", "--root", join(folder, "root"), "--name", "here"])
        const there = yield* run(["cp", "-r", join(folder, "source"), "here:kept"])
        assert.deepStrictEqual(
          [there.code, there.out.trim()],
          [0, `copied ${hostile.length * 2}, failed 0`],
          there.error
        )
        const back = yield* run(["cp", "-r", "here:kept", join(folder, "back", "again")])
        assert.strictEqual(back.code, 0, back.error)
        const names = (...parts: ReadonlyArray<string>) =>
          readdirSync(path(...parts), { encoding: "buffer" })
            .map((name) => name.toString("hex"))
            .toSorted()
        assert.deepStrictEqual(names("back", "again"), names("source"))
        assert.deepStrictEqual(names("back", "again", "deep", "er"), names("source", "deep", "er"))
        assert.deepStrictEqual(names("back", "again", "void"), names("source", "void"))
        for (const name of hostile) assert.isTrue(readFileSync(path("back", "again", name)).equals(name))
        const shown = yield* run(["ls", "here:kept"])
        assert.notMatch(shown.out.replaceAll("\n", ""), /\p{Cc}|\u202e/u)
      }),
    600_000
  )

  it.live(
    "copies one object, and says each failure while the others go on",
    () =>
      Effect.gen(function* () {
        const { folder, run } = yield* command
        mkdirSync(join(folder, "source"))
        mkdirSync(join(folder, "root", "b"), { recursive: true })
        for (const name of ["a", "b", "c"]) writeFileSync(join(folder, "source", name), name)
        yield* run(["connect", "local", "--root", join(folder, "root"), "--name", "here"])
        const all = yield* run(["cp", "-r", join(folder, "source"), "here:"])
        assert.deepStrictEqual([all.code, all.out.trim()], [1, "copied 2, failed 1"], all.error)
        assert.match(all.error, /^b: \w+: /)
        assert.strictEqual(readFileSync(join(folder, "root", "c"), "utf8"), "c")
        assert.strictEqual((yield* run(["cp", join(folder, "source", "a"), "here:new/"])).code, 0)
        assert.strictEqual(readFileSync(join(folder, "root", "new", "a"), "utf8"), "a")
        assert.strictEqual((yield* run(["cp", "here:new/a", join(folder, "copy")])).code, 0)
        assert.strictEqual(readFileSync(join(folder, "copy"), "utf8"), "a")
        assert.strictEqual((yield* run(["cp", join(folder, "source"), "here:x"])).code, 1)
        writeFileSync(join(folder, "‛‛odd"), "odd")
        assert.strictEqual((yield* run(["cp", join(folder, "‛‛odd"), "here:new/"])).code, 0)
        assert.strictEqual(readFileSync(join(folder, "root", "new", "‛‛odd"), "utf8"), "odd")
      }),
    600_000
  )

  it.live(
    "copies no directory into itself",
    () =>
      Effect.gen(function* () {
        const { folder, run } = yield* command
        const source = join(folder, "source")
        mkdirSync(source)
        writeFileSync(join(source, "a"), "a")
        symlinkSync(source, join(folder, "link"))
        yield* run(["connect", "local", "--root", folder, "--name", "here"])
        for (const [from, to] of [
          [source, join(source, "below")],
          [source, join(folder, "link", "below")],
          ["here:source", "here:source/below"]
        ] as const) {
          const refused = yield* run(["cp", "-r", from, to])
          assert.deepStrictEqual([refused.code, refused.error.includes("invalid_value")], [1, true], refused.error)
        }
        assert.deepStrictEqual(readdirSync(source), ["a"])
        const beside = yield* run(["cp", "-r", source, join(folder, "source-2")])
        assert.strictEqual(beside.code, 0, beside.error)
      }),
    600_000
  )

  it.live(
    "serves until it is told to stop",
    () =>
      Effect.gen(function* () {
        const { folder, state, main } = yield* command
        const said = yield* Effect.callback<string>((resume) => {
          const child = spawn(process.execPath, [main, "serve", "--port", "0"], {
            env: { PATH: process.env["PATH"] ?? "", HOME: folder, MOORING_STATE: state }
          })
          let out = ""
          child.stdout.on("data", (block) => {
            out += String(block)
            if (out.includes("curl ")) child.kill("SIGTERM")
          })
          child.on("close", () => resume(Effect.succeed(out)))
          return Effect.sync(() => child.kill("SIGKILL"))
        })
        assert.match(said, /Mooring listens on http:\/\/127\.0\.0\.1:\d+ /)
        assert.match(said, /^token: mrg_[\w-]{32}$/m)
      }),
    600_000
  )
})
