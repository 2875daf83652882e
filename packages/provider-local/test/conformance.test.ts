import { conformance } from "@mooring/testkit/conformance"
import * as Effect from "effect/Effect"
import { environment, openLocal, prepared } from "./directory.ts"

let root = ""

await conformance(
  {
    name: "local",
    opens: ["file"],
    open: Effect.tap(openLocal, (opened) => Effect.sync(() => void (root = opened.root))),
    testConnection: (options) => Effect.provide(prepared({ root }).test(options), environment)
  },
  { skipped: new URL("skipped.txt", import.meta.url) }
)
