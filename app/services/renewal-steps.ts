/** The steps of a renewal as built in (domain/practice.md §1), and how their days follow the expiry; pure. */
import type { RenewalTemplateStep } from '#db/queries/renewals.server.ts'
import { addDays } from './subjectivity-input.ts'

export const STEP_OWNERS = ['provider', 'client', 'broker', 'insurer'] as const
export type StepOwner = (typeof STEP_OWNERS)[number]
export const STEP_OWNER_WORDS: Record<StepOwner, string> = {
  provider: 'Provider',
  client: 'Client',
  broker: 'Broker',
  insurer: 'Insurer',
}

export const ACCOUNT_SORTS = ['clean', 'evidence-needed', 'remediation-needed'] as const
export type AccountSort = (typeof ACCOUNT_SORTS)[number]
export const ACCOUNT_SORT_WORDS: Record<AccountSort, string> = {
  clean: 'Clean',
  'evidence-needed': 'Evidence needed',
  'remediation-needed': 'Remediation needed',
}

/** The step that is done by sorting the account. */
export const SORTING_STEP = 'sort-account'
/** Renewal work begins so many days before the expiry, and ends so many after it. */
export const FIRST_DAY = -120
export const LAST_DAY = 30

const step = (
  key: string,
  [fromDays, dueDays]: [number, number],
  ownerSide: StepOwner,
  [title, detail]: [string, string],
): RenewalTemplateStep => ({ key, title, detail, fromDays, dueDays, ownerSide })

export const BUILT_IN_STEPS: readonly RenewalTemplateStep[] = [
  step(SORTING_STEP, [-120, -120], 'provider', [
    'Sort the account',
    'Clean, evidence needed or remediation needed: what readiness says today decides how early the work begins.',
  ]),
  step('last-year', [-120, -90], 'provider', [
    'Pull last year’s signed application, open conditions and exceptions',
    'What was attested then, and what is still owed to the insurer.',
  ]),
  step('first-scan', [-120, -90], 'provider', [
    'Scan from outside',
    'The insurer will look at the same surface; see it first.',
  ]),
  step('insurer-papers', [-90, -90], 'broker', [
    'Ask for the pre-filled application, the risk assessment and the loss run',
    'With a note of what changed in the form since last year, and any supplement.',
  ]),
  step('gaps', [-90, -60], 'client', [
    'Agree on the gaps, with an owner and a day for each, and close them',
    'What is declined is signed as a declined service.',
  ]),
  step('second-scan', [-60, -60], 'provider', [
    'Scan again, so that the insurer sees the fixed state',
    'Ask the broker whether a notice of non-renewal or of conditions has come.',
  ]),
  step('draft-answers', [-60, -30], 'provider', [
    'Draft the answers, evidence first',
    'Each answer is confirmed, excepted or remediated before it is written.',
  ]),
  step('client-answers', [-60, -30], 'client', [
    'Finance, personnel and law fill in their parts',
    'Exceptions are written down and approved.',
  ]),
  step('renewal-quote', [-45, -45], 'insurer', [
    'A renewal quote that can be bound',
    'Ask the broker for it if none has come.',
  ]),
  step('signed-application', [-30, -30], 'client', [
    'The executive signs the application',
    'It goes to the broker with the signed report; mind how old a signature the form allows.',
  ]),
  step('bind', [-30, 0], 'broker', [
    'Compare quotes and conditions, and bind',
    'What changes before cover begins is told to the insurer.',
  ]),
  step('post-bind', [0, 30], 'provider', [
    'Close the conditions after the bind',
    'A conditional binder lapses over open ones.',
  ]),
]

/** Why they were skipped that were skipped in one act. */
export const EARLY_NOTE = 'Its day was before the policy was recorded'

/** Whether it was too late for a step when it came into the plan: nobody let it become overdue. */
export const isEarly = ({ dueOn, addedAt }: { dueOn: string; addedAt: Date }): boolean =>
  dueOn < addedAt.toISOString().slice(0, 10)

/** The day, so many days from the expiry. */
export const stepDay = (expiresOn: string, days: number): string => addDays(expiresOn, days)

/** "90 days before the expiry". */
export function sayDays(days: number): string {
  if (days === 0) return 'on the day of expiry'
  const count = `${Math.abs(days)} day${Math.abs(days) === 1 ? '' : 's'}`
  return days < 0 ? `${count} before the expiry` : `${count} after the expiry`
}
