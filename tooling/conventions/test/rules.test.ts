import { assert, describe, it } from "@effect/vitest"
import { check } from "../src/rules.ts"

const opening = "/** What it holds. */\n"
const rulesOf = (path: string, text: string) => check([{ path, text }]).map(({ rule }) => rule)

/** Each rule is shown to fail: a text that breaks it, and one beside it that does not. */
const cases: ReadonlyArray<readonly [string, string, string, string]> = [
  ["arrows", "packages/core/src/a.ts", 'import { x } from "@mooring/host"', 'import { x } from "@mooring/core/Path"'],
  ["arrows", "packages/contract/src/a.ts", 'import { x } from "@mooring/host"', 'import { x } from "@mooring/core"'],
  ["arrows", "packages/core/test/a.test.ts", 'import { x } from "@mooring/testkit"', ""],
  ["arrows", "packages/host/src/a.ts", 'await import("@mooring/provider-s3")', 'import { x } from "@mooring/core"'],
  ["forbidden calls", "packages/core/src/a.ts", "const now = Date.now()", "// Date.now()"],
  ["forbidden calls", "packages/core/src/a.ts", "const value = Math.random()", "const random = 1"],
  ["forbidden calls", "packages/host/src/a.ts", 'console.log("x")', "const console = 1"],
  ["forbidden calls", "packages/host/src/a.ts", "process.env.HOME", "process.cwd()"],
  ["forbidden calls", "packages/host/src/a.ts", 'fetch("x")', 'store.fetch("x")'],
  ["forbidden calls", "packages/host/src/a.ts", 'import * as net from "node:net"', 'import * as path from "node:path"'],
  ["forbidden calls", "packages/contract/src/a.ts", 'import * as fs from "node:fs"', ""],
  ["forbidden calls", "packages/core/src/a.ts", "Redacted.value(secret)", "Redacted.make(secret)"],
  [
    "forbidden calls",
    "packages/core/src/a.ts",
    'import { Effect } from "effect"',
    'import * as E from "effect/Effect"'
  ],
  ["forbidden calls", "packages/core/src/a.ts", 'import * as H from "effect/http/HttpRouter"', ""],
  ["forbidden calls", "packages/fuse/src/mount.ts", 'import { spawn } from "node:child_process"', ""],
  ["forbidden calls", "packages/fuse/src/mount/place.ts", 'import * as fs from "node:fs"', 'from "../Host.ts"'],
  ["forbidden calls", "packages/fuse/src/Host.ts", "process.env.PATH", 'import * as fs from "node:fs"'],
  ["forbidden calls", "packages/fuse/src/Host.ts", 'process.getBuiltinModule("node:fs")', 'from "node:net"'],
  ["forbidden calls", "packages/host/src/a.ts", 'process.binding("pipe_wrap")', "const binding = 1"],
  ["naming", "packages/core/src/utils.ts", "const x = 1", ""],
  ["naming", "packages/core/src/a.ts", "\n".repeat(401), "\n"],
  ["privacy", "docs/a.md", "see ../shared/x", "see ../packages"],
  ["privacy", "docs/a.md", "run /home/me/x", "run ./x"],
  ["privacy", "docs/a.md", "TODO: later", "to do"]
]

describe("rules", () => {
  it.each(cases)("%s in %s", (rule, path, bad, good) => {
    assert.include(rulesOf(path, opening + bad), rule)
    if (path.endsWith("utils.ts")) return
    assert.notInclude(rulesOf(path, opening + good), rule)
  })

  it("naming: a file opens with what it holds", () => {
    assert.include(rulesOf("packages/core/src/a.ts", "export const a = 1"), "naming")
  })

  it("anatomy: a provider has its files, and short ones", () => {
    const details = check([
      { path: "packages/provider-x/README.md", text: "x\n".repeat(61) },
      { path: "packages/provider-x/test/conformance.test.ts", text: "x\n".repeat(26) }
    ]).map(({ path, detail }) => `${path} ${detail}`)
    assert.include(details, "packages/provider-x/src/stat.ts every provider has this file")
    assert.include(details, "packages/provider-x/README.md 61 lines; at most 60")
    assert.include(details, "packages/provider-x/test/conformance.test.ts 26 lines; at most 25")
  })

  it("manifests: pinned, licensed, the same entry points", () => {
    const manifest = { name: "@mooring/x", exports: { ".": "./src/index.ts" }, dependencies: { undici: "^8.0.0" } }
    const details = check([{ path: "packages/x/package.json", text: JSON.stringify(manifest) }]).map(
      ({ detail }) => detail
    )
    assert.include(details, "expected: undici is pinned exactly")
    assert.include(details, "expected: the same entry points in the workspace and when published")
    assert.include(details, "expected: license is Apache-2.0")
  })
})
