/**
 * Both clients on the simulator, each in a bucket of its own and through a proxy of its own.
 */
import { blocks } from "@mooring/testkit"
import { recordingProxy, runProgram, type Injected, type VendorDiffSubject } from "@mooring/testkit/vendorDiff"
import * as Effect from "effect/Effect"
import { fileURLToPath } from "node:url"
import { openWith } from "../host.ts"
import { config, openBucket } from "../service.ts"
import { classes, fieldsOf, operationOf } from "./classes.ts"
import { part, stored, works, type Work } from "./works.ts"

const script = fileURLToPath(new URL("vendor.py", import.meta.url))

const refusal = (status: number, code: string): Injected => ({
  status,
  headers: { "content-type": "application/json" },
  body: JSON.stringify({ status, code, message: "injected" })
})

const failures: Readonly<Record<string, ReadonlyArray<Injected>>> = {
  service_unavailable: [refusal(503, "service_unavailable")],
  expired_auth_token: [refusal(401, "expired_auth_token")],
  "a reset": ["drop"],
  "a lost answer": ["apply-then-drop"]
}

interface Place {
  readonly endpoint: string
  readonly bucket: string
}

export const subject: VendorDiffSubject<Work, Place, Injected> = {
  classes,
  fields: fieldsOf,
  works,
  failures,
  start: ({ operation }, injected) =>
    Effect.gen(function* () {
      const { store, bucket } = yield* openBucket()
      yield* store.createContainer!([`empty-${bucket}`])
      yield* store.write([bucket, "stored"], blocks("stored bytes"), { size: 12 })
      if (operation === "b2_copy_part") {
        yield* store.write([bucket, "large"], blocks(new Uint8Array(2 * part)), { ...stored, size: 2 * part })
      }
      const target = Number(new URL(config.endpoint).port)
      const proxy = yield* recordingProxy({ target, operationOf, failing: { operation, injected } })
      return { server: { endpoint: proxy.origin, bucket }, requests: proxy.requests }
    }).pipe(Effect.orDie),
  theirs: ({ title }, { endpoint, bucket }) =>
    runProgram("/usr/bin/python3", [script, endpoint, config.account, config.key, bucket, title]),
  ours: ({ ours, options }, { endpoint, bucket }) =>
    // One part at a time, so that their order says something.
    Effect.flatMap(openWith({ ...config, upload_concurrency: 1, ...options, endpoint }), (store) => ours(store, bucket))
}
