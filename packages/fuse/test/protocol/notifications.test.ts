import { assert, describe, it } from "@effect/vitest"
import { notificationOf } from "../../src/protocol/notifications.ts"

describe("notifications", () => {
  it("drop the attributes and all pages of a node", () => {
    const bytes = notificationOf({ kind: "node", node: 2 ** 33 + 1 })
    const header = "28000000020000000000000000000000"
    assert.strictEqual(Buffer.from(bytes).toString("hex"), `${header}0100000002000000${"0".repeat(32)}`)
  })

  it("drop a name of a directory, whose length does not count the NUL behind it", () => {
    const bytes = notificationOf({ kind: "name", parent: 5, name: "caf‛E9" })
    const header = "25000000030000000000000000000000"
    assert.strictEqual(Buffer.from(bytes).toString("hex"), `${header}05000000000000000400000000000000636166e900`)
  })
})
