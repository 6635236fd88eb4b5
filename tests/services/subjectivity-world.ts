/** What tests of subjectivities share: forms as they are typed, and their parsed values. */
import {
  binderInput,
  decisionInput,
  extensionInput,
  quoteInput,
  ResponseInput,
  SubjectivityInput,
} from '#app/services/subjectivity-input.ts'

/** A day as seen from now, or from another one. */
export const dayIn = (days: number, from = new Date()) =>
  new Date(from.getTime() + days * 86_400_000).toISOString().slice(0, 10)
const today = () => dayIn(0)

type Words = Record<string, unknown>

export const typedCondition = (words: Words = {}) => ({
  reference: '',
  condition: 'Close RDP on 203.0.113.7 to the internet.',
  source: 'Quote Q-4711, last section',
  timing: 'pre-bind',
  ownerName: 'Mia Member',
  ownerSide: 'provider',
  controlId: '',
  dueOn: '',
  dueDays: '',
  ...words,
})
export const condition = (words: Words = {}) => SubjectivityInput.parse(typedCondition(words))
export const afterBind = (dueDays: number, words: Words = {}) =>
  condition({ timing: 'post-bind', dueDays: String(dueDays), ...words })

export const quote = (words: Words = {}) =>
  quoteInput(today).parse({
    ...{ insurer: 'Harbor Mutual', quoteReference: 'Q-4711', quotedOn: '' },
    ...words,
  })

export const typedBinder = (words: Words = {}) => ({
  ...{ boundOn: today(), binderExpiresOn: '', expirySource: '' },
  ...words,
})
export const binder = (words: Words = {}) => binderInput(today).parse(typedBinder(words))

export const response = (answer: string, words: Words = {}) => ResponseInput.parse({ answer, ...words })

export const typedDecision = (words: Words = {}) => ({
  ...{ outcome: 'closed', why: '', decidedBy: 'Uma Underwriter', decidedOn: today() },
  ...words,
})
export const decision = (words: Words = {}) => decisionInput(today).parse(typedDecision(words))

export const typedExtension = (words: Words = {}) => ({
  newDueOn: dayIn(60),
  grantedBy: 'Uma Underwriter',
  grantedOn: today(),
  extensionReason: 'The firewall is delivered in two weeks.',
  ...words,
})
export const extension = (words: Words = {}) => extensionInput(today).parse(typedExtension(words))
