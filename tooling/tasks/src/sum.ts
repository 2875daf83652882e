/** What a JSON report of vitest says of its tests. */
export interface Report {
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  /** Files that failed to load have no tests to count. */
  readonly numFailedTestSuites: number
  readonly success: boolean
}

/** Tests over all reports; a report that failed without a failed test counts as one failure. */
export const sum = (reports: ReadonlyArray<Report>) => ({
  passed: reports.reduce((total, { numPassedTests }) => total + numPassedTests, 0),
  failed: reports.reduce(
    (total, { numFailedTests, success }) => total + (numFailedTests === 0 && !success ? 1 : numFailedTests),
    0
  ),
  skipped: reports.reduce((total, { numPendingTests }) => total + numPendingTests, 0)
})
