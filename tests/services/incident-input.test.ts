import { expect, test } from 'vitest'
import { incidentInput } from '#app/services/incident-input.ts'

const schema = incidentInput(() => new Date('2026-05-10T12:00:00.000Z'))
const typed = {
  kind: 'ransomware',
  title: 'Files encrypted',
  occurredFrom: '2026-05-07',
  occurredUntil: '',
  discoveredAt: '2026-05-08T06:30',
  reportedOn: '2026-05-08',
  policyNumber: ' ',
  noticeReference: '',
  description: '',
}

test('what was typed becomes days and a moment in UTC; one day is both ends', () => {
  expect(schema.parse(typed)).toMatchObject({
    occurredFrom: '2026-05-07',
    occurredUntil: '2026-05-07',
    discoveredAt: '2026-05-08T06:30:00.000Z',
    policyNumber: null,
    affectedAssetIds: [],
  })
})

test.each([
  ['the latest day before the earliest', { occurredUntil: '2026-05-06' }, 'occurredUntil'],
  ['discovered before it happened', { occurredFrom: '2026-05-09' }, 'occurredFrom'],
  ['begun after the discovery', { occurredUntil: '2026-05-09' }, 'occurredUntil'],
  ['discovered in the future', { discoveredAt: '2026-05-10T12:01' }, 'discoveredAt'],
  ['told to the insurer before the discovery', { reportedOn: '2026-05-07' }, 'reportedOn'],
  ['told to the insurer in the future', { reportedOn: '2026-05-11' }, 'reportedOn'],
  ['a day that does not exist', { occurredFrom: '2026-02-30' }, 'occurredFrom'],
  ['a time that does not exist', { discoveredAt: '2026-05-08T25:00' }, 'discoveredAt'],
  ['no kind', { kind: '' }, 'kind'],
])('%s is told at its field', (_case, change, field) => {
  const { error } = schema.safeParse({ ...typed, ...change })
  expect(error?.issues[0]?.path).toEqual([field])
})
