import { assert, describe, it } from "@effect/vitest"
import * as Result from "effect/Result"
import { helperArguments, mountArguments, settingsOf, type MountOptions } from "../../src/mount/MountOptions.ts"
import { platformProblem } from "../../src/mount/routes.ts"

const user = { uid: 1000, gid: 100 }
const settings = (options: Partial<MountOptions> = {}) =>
  Result.getOrThrow(settingsOf({ mountPoint: "/m", ...options }, user))

describe("settingsOf", () => {
  it("shows everything as the user's own, with the usual permissions", () => {
    assert.deepStrictEqual(settings().presentation, { uid: 1000, gid: 100, fileMode: 0o644, directoryMode: 0o755 })
    const chosen = settings({ uid: 0, gid: 5, umask: 0o077, fileMode: 0o777 }).presentation
    assert.deepStrictEqual(chosen, { uid: 0, gid: 5, fileMode: 0o700, directoryMode: 0o700 })
  })

  it.each([
    ["fsname", { fsname: "" }],
    ["fsname", { fsname: "a,suid" }],
    ["fsname", { fsname: "a\\" }],
    ["fsname", { fsname: "-oremount" }],
    ["fsname", { fsname: "a\nb" }],
    ["subtype", { subtype: "a,b" }],
    ["subtype", { subtype: "" }],
    ["umask", { umask: 0o1000 }],
    ["umask", { umask: -1 }],
    ["fileMode", { fileMode: 0.5 }],
    ["uid", { uid: -1 }],
    ["gid", { gid: 2 ** 32 }],
    ["deadline", { deadline: 0 }],
    ["deadline", { deadline: Number.NaN }],
    ["longDeadline", { longDeadline: 2 ** 31 }]
  ] as ReadonlyArray<readonly [string, Partial<MountOptions>]>)("blames %s of %j", (field, options) => {
    const result = settingsOf({ mountPoint: "/m", ...options }, user)
    assert.isTrue(Result.isFailure(result) && result.failure.reason.pointer === `#/${field}`)
  })
})

describe("arguments", () => {
  it("of mount(8) give the descriptor, and neither devices nor set-user-ID programs", () => {
    const args = mountArguments(settings({ fsname: "bck: a b" }), "/m", { uid: 0, gid: 0 })
    const options = "fd=3,rootmode=40000,user_id=0,group_id=0,rw,nosuid,nodev"
    assert.deepStrictEqual(args, ["-i", "-n", "-c", "-t", "fuse.mooring", "-o", options, "--", "bck: a b", "/m"])
  })

  it("of fusermount3 share a mount only when asked, and then with permissions", () => {
    const plain = helperArguments(settings({ readOnly: true }), "/m")
    assert.deepStrictEqual(plain, ["-o", "ro,nosuid,nodev,fsname=mooring,subtype=mooring", "--", "/m"])
    const shared = helperArguments(settings({ allowOther: true }), "/m")
    assert.include(shared[1], "allow_other,default_permissions")
  })
})

describe("platformProblem", () => {
  it("names a way out on platforms without FUSE of Linux", () => {
    assert.isUndefined(platformProblem("linux", true))
    assert.include(platformProblem("darwin", true)?.reason.suggestion, "macOS")
    assert.include(platformProblem("win32", true)?.reason.suggestion, "WSL")
    assert.strictEqual(platformProblem("freebsd", true)?.reason._tag, "unsupported")
    assert.strictEqual(platformProblem("linux", false)?.reason._tag, "unsupported")
  })
})
