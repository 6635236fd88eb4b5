/**
 * Counts from vitest's JSON report. A suite that could not be loaded, an error outside any test, a runner that
 * died and a run without a single test are failures too, though no test says so.
 *
 * @param report the parsed report, or null when the runner left none
 * @param exitCode the runner's
 */
export function summarise(report, exitCode) {
  if (!report) return { passed: 0, failed: 1, skipped: 0 }
  const brokenFiles = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length
  const summary = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + brokenFiles,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  }
  const isUnexplained = exitCode !== 0 || summary.passed === 0
  if (isUnexplained && summary.failed === 0) summary.failed = 1
  return summary
}

export function summaryLine({ passed, failed, skipped }) {
  return `${passed} passed, ${failed} failed, ${skipped} skipped`
}
