/**
 * The doctor: misconfigurations that score the connection test of a plugin.
 */
export { issue, makeAuthority, type Authority, type Issued } from "./certificates.ts"
export { family, type Config, type DoctorCase, type Situation } from "./DoctorCase.ts"
export type { DoctorSubject, Examinee, Otherwise, Service } from "./DoctorSubject.ts"
export { doctorSuite, type DoctorSuiteOptions } from "./doctorSuite.ts"
export { examine, type Examined } from "./examine.ts"
export { families, type Families } from "./families.ts"
export { scoreOf } from "./score.ts"
export { encrypting, relayTo, securing, talking } from "./sockets.ts"
export { page, saying, text, withService, type Arranged, type Said } from "./worlds.ts"
