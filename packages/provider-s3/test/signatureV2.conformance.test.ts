/**
 * Signatures of version 2 on a real server: `MOORING_SETUP` is the line of JSON that its setup's `up` printed.
 */
import { assert, describe, it } from "@effect/vitest"
import * as Effect from "effect/Effect"
import { everyCall } from "./everyCall.ts"
import { pluginSubject } from "./pluginSubject.ts"

const { setup, config } = JSON.parse(process.env["MOORING_SETUP"] ?? "")
/** Where copying an object in parts by parts answers 412 (rclone/differences.ts): it is copied whole. */
const copiedWhole = ["swift-s3api"].includes(setup)
const parts = { chunk_size: "5Mi", upload_cutoff: "5Mi", ...(!copiedWhole && { copy_cutoff: "5Mi" }) }

describe(`signatures of version 2 on ${setup}`, () => {
  for (const [title, options] of [
    ["asked for by v2_auth", { v2_auth: true }],
    ["asked for by the region", { region: "other-v2-signature" }],
    ["in the query of uploads", { v2_auth: true, use_presigned_request: true }]
  ] as const)
    it.live(`${title} are taken for all that is sent`, () =>
      Effect.gen(function* () {
        const subject = pluginSubject(`S3 on ${setup}`, { ...config, ...parts, ...options })
        const { store, place } = yield* subject.open
        const links = yield* everyCall(store, place, subject.send!)
        for (const link of links) assert.include(link, "AWSAccessKeyId=")
      })
    )
})
