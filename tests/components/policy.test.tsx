import { expect, test } from 'vitest'
import { PolicyAlarms } from '#app/components/policy/policy-alarms.tsx'
import { PolicyProfile } from '#app/components/policy/policy-profile.tsx'
import type { ShownPolicy } from '#app/components/policy/policy-view.ts'
import { render } from './render.tsx'

const nobody = { name: null, email: null, phone: null }
const policy = (
  words: Partial<ShownPolicy> = {},
  terms: Partial<ShownPolicy['terms']> = {},
): ShownPolicy => ({
  ...{ id: 'p', version: 1, insurer: 'Harbor Mutual', policyNumber: null, isWithdrawn: false },
  ...{ inceptionOn: '2027-03-01', expiresOn: '2028-03-01', timeZone: 'America/New_York' },
  ...{ standing: 'expired', isFollowed: false, endorsements: [], threatened: [], readinessOf: null },
  application: {
    ...{ id: 'a', title: 'Core Cyber, edition 1' },
    report: { id: 'first', state: 'signed', attestedAt: '2027-02-01T10:00:00Z' },
    reattestation: { id: 'again', attestedAt: '2027-09-01T10:00:00Z' },
  },
  ...{ applicationConcerns: [], documents: [], steps: [], people: [], versions: [] },
  sorted: { sort: 'clean', because: [] },
  terms: {
    ...{ insurerContact: nobody, broker: null, brokerContact: nobody, currency: 'USD' },
    ...{ limits: [{ name: 'Aggregate', amountMinor: 100_000_000 }], retentionMinor: 2_500_000 },
    ...{ sublimits: [], waitingPeriodHours: null, retroactiveOn: null, notices: [], scanCadence: null },
    ...{ quoteReference: null, ...terms },
  },
  ...words,
})
const wordsOf = (markup: string) => markup.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
const alarms = async (words: Partial<ShownPolicy> = {}, recordTo: string | null = '/c/policy/new') =>
  render(<PolicyAlarms policy={policy(words)} recordTo={recordTo} />)

test('a policy that expired says so with its day, and where the renewed one is recorded', async () => {
  const markup = await alarms()
  expect(markup).toContain('This policy expired on 1 Mar 2028')
  expect(markup).toContain('href="/c/policy/new?after=p"')
  expect(await alarms({ isFollowed: true })).not.toContain('expired')
  expect(await alarms({ standing: 'in-force' })).not.toContain('expired')
  expect(await alarms({}, null)).not.toContain('href')
})

test('its profile says that it expired, and nothing there is in force', async () => {
  const words = wordsOf(await render(<PolicyProfile policy={policy()} isStandingShown />))
  expect(words).toContain('Expired')
  expect(words.toLowerCase()).not.toContain('in force')
})

test('the application’s own signature is told, and the newest re-attestation beside it', async () => {
  const words = wordsOf(await render(<PolicyProfile policy={policy({ standing: 'in-force' })} />))
  expect(words).toContain('Signed on 1 Feb 2027 , in force')
  expect(words).toContain('Last re-attested on 1 Sep 2027')
})

test('a retention above every limit is doubted, and kept', async () => {
  const above = { retentionMinor: 100_000_001 }
  expect(await render(<PolicyProfile policy={policy({}, above)} />)).toContain('Above every limit')
  expect(await render(<PolicyProfile policy={policy()} />)).not.toContain('Above every limit')
  expect(await render(<PolicyProfile policy={policy({}, { ...above, limits: [] })} />)).not.toContain('Above')
})
