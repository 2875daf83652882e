import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { existsSync, mkdirSync, realpathSync, symlinkSync, writeFileSync } from "node:fs"
import { homedir } from "node:os"
import { join } from "node:path"
import { mountPoint, type MountPlaces } from "../../src/mounts/mountPoint.ts"
import { temporaryFolder } from "../temporaryFolder.ts"

const anywhere: MountPlaces = { own: [] }

const refusal = Effect.fnUntraced(function* (target: string, places = anywhere) {
  const { reason } = yield* Effect.flip(mountPoint(target, places))
  assert.strictEqual(reason.pointer, "#/target", target)
  assert.isNotEmpty(reason.suggestion, target)
  return [reason._tag, reason.suggestion] as const
})

describe("a mount point", () => {
  it.effect("is an empty directory, with or without a slash at its end", () =>
    Effect.gen(function* () {
      const target = join(realpathSync(yield* temporaryFolder), "empty")
      mkdirSync(target)
      assert.strictEqual(yield* mountPoint(target, anywhere), target)
      assert.strictEqual(yield* mountPoint(`${target}//`, anywhere), target)
    })
  )

  it.effect("is no directory of the system and not the home directory", () =>
    Effect.gen(function* () {
      for (const target of [
        "/",
        "/etc",
        "/etc/",
        "/etc/mooring",
        "/usr/local",
        "/proc/self",
        "/dev/shm",
        "/tmp",
        homedir()
      ]) {
        assert.strictEqual((yield* refusal(target))[0], "invalid_value", target)
      }
    })
  )

  it.effect("is written as its real path, from the root", () =>
    Effect.gen(function* () {
      const folder = realpathSync(yield* temporaryFolder)
      mkdirSync(join(folder, "real"))
      mkdirSync(join(folder, "real/inner"))
      symlinkSync(join(folder, "real"), join(folder, "link"))
      for (const target of [
        "here",
        "./here",
        "",
        `${folder}/real/../real`,
        `${folder}/./real`,
        `${folder}//real`,
        "/a\0b"
      ]) {
        assert.strictEqual((yield* refusal(target))[0], "invalid_value", target)
      }
      assert.deepStrictEqual(yield* refusal(join(folder, "link")), ["invalid_value", join(folder, "real")])
      assert.deepStrictEqual(yield* refusal(join(folder, "link/inner")), ["invalid_value", join(folder, "real/inner")])
    })
  )

  it.effect("hides nothing, and is there", () =>
    Effect.gen(function* () {
      const folder = realpathSync(yield* temporaryFolder)
      writeFileSync(join(folder, "file"), "")
      assert.strictEqual((yield* refusal(folder))[0], "not_empty")
      assert.strictEqual((yield* refusal(join(folder, "file")))[0], "not_a_directory")
      assert.deepStrictEqual(yield* refusal(join(folder, "none")), [
        "not_found",
        `make it first: mkdir ${join(folder, "none")}`
      ])
      assert.strictEqual((yield* refusal(join(folder, "none/deeper")))[0], "invalid_value")
    })
  )

  it.effect("is below the operator's folder, where it is made if need be", () =>
    Effect.gen(function* () {
      const folder = realpathSync(yield* temporaryFolder)
      const root = join(folder, "mounts")
      mkdirSync(root)
      mkdirSync(join(folder, "outside"))
      symlinkSync(join(folder, "outside"), join(root, "link"))
      const places = { root, own: [] }
      assert.strictEqual(yield* mountPoint(join(root, "new"), places), join(root, "new"))
      assert.isTrue(existsSync(join(root, "new")))
      const wrong = [
        root,
        folder,
        join(folder, "outside"),
        `${root}-beside`,
        join(root, "link"),
        join(root, "link/new")
      ]
      for (const target of [...wrong, join(root, "../outside")]) {
        assert.strictEqual((yield* refusal(target, places))[0], "invalid_value", target)
      }
      assert.isFalse(existsSync(join(folder, "outside/new")))
    })
  )

  it.effect("is neither in nor above a folder of Mooring's own", () =>
    Effect.gen(function* () {
      const folder = realpathSync(yield* temporaryFolder)
      mkdirSync(join(folder, "parent/state/inner"), { recursive: true })
      const own = [join(folder, "parent/state")]
      for (const target of ["parent", "parent/state", "parent/state/inner"]) {
        assert.strictEqual((yield* refusal(join(folder, target), { own }))[0], "invalid_value", target)
      }
    })
  )
})
