/**
 * How a service fails while a work is done; each hits the next requests of the work's operation.
 */
import type { Injected } from "../double/injections.ts"

const refusal = (status: number, code: string): Injected => ({
  status,
  headers: { "content-type": "application/xml" },
  body: `<Error><Code>${code}</Code><Message>injected</Message></Error>`
})

export const failures: Readonly<Record<string, ReadonlyArray<Injected>>> = {
  "SlowDown twice": [refusal(503, "SlowDown"), refusal(503, "SlowDown")],
  InternalError: [refusal(500, "InternalError")],
  "a reset": ["drop"],
  "a lost answer": ["apply-then-drop"]
}
