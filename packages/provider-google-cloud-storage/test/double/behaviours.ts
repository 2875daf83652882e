/**
 * What the double does and how sure we are of it. The tests take their cases from these tables by type, so a behaviour
 * without a case, or a case without a behaviour, does not compile.
 */
import { admissions } from "./behaviours/admissions.ts"
import { federationAdmissions, federationRefusals } from "./behaviours/federation.ts"
import { malformedBuckets, malformedIdentities, malformedObjects } from "./behaviours/malformed.ts"
import { readRefusals } from "./behaviours/readRefusals.ts"
import { conditionRefusals, identityRefusals, objectRefusals, requestRefusals } from "./behaviours/refusals.ts"
import { linkRefusals, uploadRefusals } from "./behaviours/transferRefusals.ts"

/** What is completed. */
export const allAdmissions = { ...admissions, ...federationAdmissions }

/** A valid request, changed in one thing, is refused. */
export const mutations = {
  ...identityRefusals,
  ...federationRefusals,
  ...requestRefusals,
  ...objectRefusals,
  ...conditionRefusals,
  ...malformedIdentities,
  ...malformedBuckets,
  ...malformedObjects,
  ...uploadRefusals,
  ...linkRefusals
}

export const behaviours = { ...allAdmissions, ...mutations, ...readRefusals }

export type BehaviourId = keyof typeof behaviours
