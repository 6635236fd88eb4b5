/** How much of a campaign runs: a share of its seeds with every change, all of them in `npm run test:long`. */

/** Set by the configuration of the long run. */
export const WHOLE_CAMPAIGNS = 'ATTESTED_TEST_WHOLE_CAMPAIGNS'

export const campaign = <T>(share: T, whole: T): T => (process.env[WHOLE_CAMPAIGNS] ? whole : share)

/** Those who ask: the long run runs them again. */
export const CAMPAIGNS = [
  'tests/documents/workbook-conditions.test.ts',
  'tests/e2e/attacks-in-browser.test.ts',
  'tests/language/answers.test.ts',
  'tests/questionnaires/canonical.test.ts',
  'tests/readiness/record.test.ts',
  'tests/report/archive.test.ts',
  'tests/report/pkcs12.test.ts',
  'tests/report/tampering.test.ts',
  'tests/services/claim-pack.test.ts',
  'tests/services/history.test.ts',
  'tests/services/ledger-tampering.test.ts',
  'tests/services/review-load.test.ts',
]
