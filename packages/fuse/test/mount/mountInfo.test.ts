import { assert, describe, it } from "@effect/vitest"
import { escaped, mountAt, mountEntries } from "../../src/mount/mountInfo.ts"

const text = `22 1 0:20 / / rw,relatime shared:1 master:2 - ext4 /dev/root rw
36 22 0:33 / /mnt/with\\040space\\134\\011\\012 rw,nosuid - fuse.mooring a\\040store:\\043x rw,user_id=0
37 22 0:34 / /twice rw - tmpfs none rw
38 37 0:35 / /twice rw - fuse.sshfs host:/folder rw
a broken line
`

describe("mountInfo", () => {
  it("reads points, types and sources, with optional fields or none", () => {
    assert.deepStrictEqual(mountEntries(text)[0], { point: "/", type: "ext4", source: "/dev/root" })
    assert.strictEqual(mountEntries(text).length, 4)
  })

  it("reads what is escaped, and escapes points in the same way", () => {
    const point = "/mnt/with space\\\t\n"
    assert.deepStrictEqual(mountAt(text, point), { point, type: "fuse.mooring", source: "a store:#x" })
    assert.strictEqual(escaped(point), "/mnt/with\\040space\\134\\011\\012")
  })

  it("sees the last of those at one point, and nothing where there is none", () => {
    assert.strictEqual(mountAt(text, "/twice")?.type, "fuse.sshfs")
    assert.isUndefined(mountAt(text, "/mnt"))
  })
})
