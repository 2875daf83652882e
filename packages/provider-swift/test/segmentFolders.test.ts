import { assert, describe, it } from "@effect/vitest"
import { folderIn, isIn, markedFolder, markerOf, segmentAt } from "../src/segmentFolders.ts"

const target = { container: "c", key: "dir/object" }
const upload = `2026-11-23-135019-${"0".repeat(32)}`

describe("folders of segments", () => {
  it("number their segments in the order of their names", () => {
    const folder = { container: "c_segments", prefix: `dir/object/${upload}` }
    assert.strictEqual(segmentAt(folder, 12).key, `dir/object/${upload}/00000012`)
    assert.isTrue(isIn(folder, segmentAt(folder, 0)))
    assert.isFalse(isIn(folder, { container: "c", key: segmentAt(folder, 0).key }))
    assert.isFalse(isIn(folder, { container: "c_segments", key: `${folder.prefix}0/00000000` }))
  })

  it("are told by their markers, but for those whose name was too long to be kept", () => {
    for (const container of ["c_segments", "c"]) {
      const prefix = `${container === "c" ? ".file-segments/" : ""}dir/object/${upload}`
      const folder = { container, prefix }
      assert.deepStrictEqual(markedFolder(markerOf(folder)), { name: "dir/object", folder })
      assert.isUndefined(markedFolder(segmentAt(folder, 1)))
    }
    for (const key of [`${"0a".repeat(32)}/${upload}/00000000`, `${upload}/00000000`, "dir/object/00000000"]) {
      assert.isUndefined(markedFolder({ container: "c_segments", key }), key)
    }
  })

  it("are known again when they were written down, and no other place is taken for one", () => {
    for (const folder of [
      { container: "c_segments", prefix: `dir/object/${upload}` },
      { container: "c", prefix: `.file-segments/dir/object/${upload}` }
    ]) {
      assert.deepStrictEqual(folderIn(target, folder), folder)
    }
    for (const folder of [
      { container: "c", prefix: `dir/object/${upload}` },
      { container: "d_segments", prefix: `dir/object/${upload}` },
      { container: "c_segments", prefix: upload },
      { container: "c_segments", prefix: "dir/object" },
      { container: "c_segments", prefix: "" }
    ]) {
      assert.isUndefined(folderIn(target, folder))
    }
  })
})
