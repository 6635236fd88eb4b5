/** The policies of the demo's clients, one of them in the middle of its renewal. */
import { shiftDay } from '#app/schedule/zone.ts'
import type { Member } from '../member.ts'
import { recordPolicy } from '../policies.server.ts'
import { PolicyInput } from '../policy-input.ts'
import { getPolicyPage } from '../policy-page.server.ts'
import { settleStep } from '../renewal-plan.server.ts'
import { SORTING_STEP } from '../renewal-steps.ts'
import type { demoClients } from './clients.ts'

type Client = Pick<
  ReturnType<typeof demoClients>['dental'],
  'policyInceptionOn' | 'policyRenewalOn' | 'domains'
>

const BROKER = {
  broker: 'Quayside Brokers',
  brokerContactName: 'Ben Castell',
  brokerContactEmail: 'ben.castell@quayside.example',
  brokerContactPhone: '',
}

const LEFT = ['gaps', 'post-bind']

/** Runs out soon and is bound again: left are a gap, which is two weeks late, and the conditions after the bind. */
export async function addRenewal(member: Member, clientId: string, client: Client): Promise<void> {
  const policyId = await recordPolicy(
    member,
    clientId,
    PolicyInput.parse({
      ...periodOf(client),
      ...{ insurer: 'Harbor Mutual', policyNumber: 'HM-CY-118204' },
      ...{ insurerContactName: 'Rosa Imani', insurerContactEmail: 'rosa.imani@harbormutual.example' },
      insurerContactPhone: '',
      scanCadence: 'Every month from outside',
      ...{ quoteReference: 'HM-Q-17733', retention: '10000', waitingPeriodHours: '8' },
      limits: [{ name: 'All claims of the period', amount: '1000000' }],
      sublimits: [
        { name: 'Payment fraud', amount: '100000', note: 'Only after a call-back to a number on file' },
        { name: 'Extortion', amount: '500000' },
      ],
      endorsements: [
        {
          title: 'No payment for ransomware where remote access had no second factor',
          controlIds: ['mfa-remote-access'],
        },
      ],
    }),
  )
  const { steps } = await getPolicyPage(member, policyId)
  for (const step of steps) {
    if (LEFT.includes(step.stepKey)) continue
    const sortedAs = step.stepKey === SORTING_STEP ? ('evidence-needed' as const) : null
    const done = { state: 'done', note: null, sortedAs } as const
    await settleStep(member, policyId, { stepId: step.id, seenVersion: step.version, ...done })
  }
}

/** In the middle of its term, with an endorsement that the answers do not carry. */
export async function addRunningPolicy(member: Member, clientId: string, client: Client): Promise<void> {
  await recordPolicy(
    member,
    clientId,
    PolicyInput.parse({
      ...periodOf(client),
      ...{ insurer: 'Northlight Specialty', policyNumber: 'NL-2207-55' },
      ...{ insurerContactName: '', insurerContactEmail: '', insurerContactPhone: '' },
      ...{ scanCadence: '', quoteReference: '', retention: '5000', waitingPeriodHours: '12' },
      limits: [{ name: 'All claims of the period', amount: '1000000' }],
      sublimits: [{ name: 'Payment fraud', amount: '250000' }],
      endorsements: [
        {
          title: 'Half the limit for ransomware while backups are not tested',
          controlIds: ['backup-restore-test'],
        },
      ],
    }),
  )
}

/** What both have in common. */
const periodOf = ({ policyInceptionOn, policyRenewalOn }: Client) => ({
  inceptionOn: policyInceptionOn,
  expiresOn: policyRenewalOn,
  timeZone: 'America/New_York',
  ...BROKER,
  currency: 'USD',
  retroactiveOn: shiftDay(policyInceptionOn ?? '', -365),
  applicationId: '',
  documents: [],
  notices: [
    {
      what: 'A cyber incident',
      toWhom: 'The hotline of the insurer',
      within: '72',
      unit: 'hours',
      source: 'Conditions, section on notice',
    },
  ],
})
