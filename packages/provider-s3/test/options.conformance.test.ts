/**
 * What the options promise, seen at Ceph, which serves most of them: `MOORING_SETUP` is what its `up` printed.
 */
import { describe, it } from "@effect/vitest"
import { optionsSuite } from "./optionsSuite.ts"

const { setup, config, kms_keys: kmsKeys } = JSON.parse(process.env["MOORING_SETUP"] ?? "")

if (setup === "ceph") optionsSuite({ name: setup, config, kmsKey: kmsKeys[0], copiesEncrypted: false })
else describe(`options on ${setup}`, () => it.skip("it has neither versions nor encryption"))
