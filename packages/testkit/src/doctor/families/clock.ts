/** A clock of this machine that differs from that of the service. */
import { family, type DoctorCase } from "../DoctorCase.ts"
import type { DoctorSubject } from "../DoctorSubject.ts"
import { withService } from "../worlds.ts"

const minute = 60_000
const day = 24 * 60 * minute

export const clock = (subject: DoctorSubject): ReadonlyArray<DoctorCase> => {
  const ahead = (clockOffset: number) => withService(subject, ({ at }) => ({ at, clockOffset }))
  const skewed = { finding: "authenticate failed clock_skew -", suggestion: "set the clock" }
  const off = subject.signsTime ? skewed : { finding: "passed" }
  return family("clock", [
    { name: "of this machine, a day ahead", arrange: ahead(day), ...off },
    { name: "of this machine, a day behind", arrange: ahead(-day), ...off },
    { name: "of this machine, a minute ahead", arrange: ahead(minute), finding: "passed" }
  ])
}
