/**
 * The vendor diff: what a vendor's own client and a provider send for the same work.
 */
export { differencesOf, type Aspect, type Difference, type Work } from "./differences.ts"
export { formFields, jsonFields } from "./fields.ts"
export type { Injected } from "./Injected.ts"
export type { Reading, ValueClass, ValueKind } from "./reading.ts"
export { recordingProxy, type RecordingProxy, type RecordingProxyOptions } from "./recordingProxy.ts"
export { ProgramError, runProgram, type RunProgramOptions } from "./runProgram.ts"
export { runWork } from "./runWork.ts"
export type { SentRequest, Transcript } from "./Transcript.ts"
export type { Started, VendorDiffSubject } from "./VendorDiffSubject.ts"
export { vendorDiffSuite, type VendorDiffSuiteOptions } from "./vendorDiffSuite.ts"
export { lineOf, verdictOf, type Allowed } from "./verdict.ts"
