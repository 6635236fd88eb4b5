import { describe, expect, test } from 'vitest'
import { resultInput } from '#app/services/reattestation-input.ts'

const TODAY = '2026-04-20'
const ended = {
  ...{ questionId: 'mfa-email', step: '1', result: 'no-longer-true', since: '2026-04-01' },
  ...{ cause: 'New mailboxes were made.', plan: 'Extend the policy.', planOwner: 'Fjord IT' },
  ...{ planDue: '2026-06-01', broker: 'yes', brokerOn: '' },
}

describe('an answer that is no longer true', () => {
  test('is mended by a day that is not over, today at the earliest', () => {
    const { success, error } = resultInput('en', TODAY).safeParse({ ...ended, planDue: '2020-01-01' })
    expect(success).toBe(false)
    expect(error?.issues).toMatchObject([
      { path: ['planDue'], message: 'Enter a day that is not over: until then it will be done' },
    ])
    expect(resultInput('en', TODAY).safeParse({ ...ended, planDue: '2026-04-19' }).success).toBe(false)
    expect(resultInput('en', TODAY).safeParse({ ...ended, planDue: TODAY }).success).toBe(true)
  })

  test('says what is wrong with the day in the language of the report', () => {
    const { error } = resultInput('de', TODAY).safeParse({ ...ended, planDue: '2020-01-01' })
    expect(error?.issues[0]?.message).toBe(
      'Nennen Sie einen Tag, der nicht vorbei ist: Bis dahin ist es getan',
    )
  })
})
