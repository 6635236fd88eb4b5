import { expect, test } from 'vitest'
import { MeetingMailings, type MeetingMailingsProps } from '#app/components/calendar/meeting-mailings.tsx'
import { render } from './render.tsx'

const first = {
  ...{ sequence: 0, at: '2027-11-05T10:00:00Z', recipients: ['ada@client.example'] },
  time: { heldOn: '2027-11-10', startsAt: '14:00' },
}
const shown = async (words: Partial<MeetingMailingsProps>) => {
  const props = { sequence: 0, isCancelled: false, isPast: false, mailings: [], ...words }
  return (await render(<MeetingMailings {...props} />)).replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ')
}

test('a meeting says who was mailed which version, and when', async () => {
  const words = await shown({ mailings: [first] })
  expect(words).toContain('5 Nov 2027, 10:00 UTC : version 1 ( 10 Nov 2027 , 14:00) to ada@client.example')
  expect(words).toContain('Mail the invitation again')
  expect(await shown({})).toContain('Mail the invitation')
})

test('one that changed since says which hour its guests hold', async () => {
  const words = await shown({ sequence: 1, mailings: [first] })
  expect(words).toContain('changed since the invitation was mailed')
  expect(words).toContain('hold version 1 of 5 Nov 2027 , for 10 Nov 2027 , 14:00')
  expect(words).toContain('Mail the changed invitation')
})

test('one that was cancelled says that nobody was told, until the cancellation is mailed', async () => {
  const cancelled = { sequence: 1, isCancelled: true }
  expect(await shown({ ...cancelled, mailings: [first] })).toContain(
    'have not been told that it is cancelled',
  )
  const told = await shown({ ...cancelled, mailings: [{ ...first, sequence: 1 }, first] })
  expect(told).not.toContain('have not been told')
  expect(told).toContain('Mail the cancellation again')
})

test('one that is over is a record, and offers no invitation', async () => {
  const words = await shown({ isPast: true })
  expect(words).toContain('The day of this meeting has passed')
  expect(words).not.toContain('Mail the')
})
