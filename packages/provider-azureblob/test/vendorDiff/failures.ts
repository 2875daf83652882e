/**
 * How a service fails while a work is done; each hits the next requests of the work's operation.
 */
import type { Injected } from "../double/injections.ts"

const refusal = (status: number, code: string): Injected => ({
  status,
  headers: { "content-type": "application/xml", "x-ms-error-code": code },
  body: `<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>injected</Message></Error>`
})

export const failures: Readonly<Record<string, ReadonlyArray<Injected>>> = {
  "ServerBusy twice": [refusal(503, "ServerBusy"), refusal(503, "ServerBusy")],
  InternalError: [refusal(500, "InternalError")],
  "a reset": ["drop"],
  "a lost answer": ["apply-then-drop"]
}
