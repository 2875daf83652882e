/** Answers by which a service, or what stands before it, says that it cannot now. */
import { family, type DoctorCase } from "../DoctorCase.ts"
import type { DoctorSubject } from "../DoctorSubject.ts"
import { saying } from "../worlds.ts"

export const answers = (subject: DoctorSubject): ReadonlyArray<DoctorCase> =>
  family("answers", [
    {
      name: "429 of a gateway, always",
      arrange: saying(subject, { status: 429 }),
      finding: "authenticate failed rate_limited -",
      suggestion: "try again later"
    },
    {
      name: "429 that asks for patience, always",
      arrange: saying(subject, { status: 429, headers: { "retry-after": "1" } }),
      finding: "authenticate failed rate_limited -",
      suggestion: "try again later"
    }
  ])
