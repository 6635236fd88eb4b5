/** What tests of policies and calendars share: a policy as it is typed. */
import { PolicyInput } from '#app/services/policy-input.ts'

type Words = Record<string, unknown>

export const typedPolicy = (words: Words = {}) => ({
  insurer: 'Harbor Mutual',
  policyNumber: 'HM-2027-1',
  inceptionOn: '2027-03-01',
  expiresOn: '2028-03-01',
  timeZone: 'America/New_York',
  insurerContactName: 'Uma Underwriter',
  insurerContactEmail: '',
  insurerContactPhone: '',
  broker: 'Quayside Brokers',
  brokerContactName: 'Bert Broker',
  brokerContactEmail: '',
  brokerContactPhone: '',
  quoteReference: '',
  currency: 'USD',
  retention: '25,000',
  waitingPeriodHours: '8',
  retroactiveOn: '',
  scanCadence: 'Monthly by the insurer',
  applicationId: '',
  limits: [{ name: 'Aggregate', amount: '1000000' }],
  sublimits: [{ name: 'Social engineering', amount: '250000.50', note: '' }],
  endorsements: [
    { title: 'Social-engineering sublimit tied to call-back', wording: '', controlIds: 'mfa-email' },
  ],
  notices: [{ what: 'An incident', toWhom: 'The hotline', within: '72', unit: 'hours', source: '' }],
  documents: [],
  ...words,
})

export const policyInput = (words: Words = {}) => PolicyInput.parse(typedPolicy(words))
