/** One case for each behaviour that is completed. */
import type { allAdmissions } from "../behaviours.ts"
import type { Admission } from "./Admission.ts"
import { bucketRuns } from "./bucketRuns.ts"
import { copyRuns } from "./copyRuns.ts"
import { federationRuns } from "./federationRuns.ts"
import { identityRuns } from "./identityRuns.ts"
import { linkRuns } from "./linkRuns.ts"
import { objectRuns } from "./objectRuns.ts"
import { uploadRuns } from "./uploadRuns.ts"

export const admissionCases: Record<keyof typeof allAdmissions, Admission> = {
  ...identityRuns,
  ...federationRuns,
  ...bucketRuns,
  ...objectRuns,
  ...uploadRuns,
  ...copyRuns,
  ...linkRuns
}
