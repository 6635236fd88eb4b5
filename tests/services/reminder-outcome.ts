/** What must hold after any simulated time. */
import { expect } from 'vitest'
import type { Expected } from './reminder-oracle.ts'
import type { Outcome } from './reminder-simulation.ts'

const asLine = ({ title, dueOn, rung, offset, email, at }: Expected) =>
  `${at} ${email}: ${title}, due ${dueOn}, ${rung} ${offset}`

function subjectOf(dueOn: string, today: string): RegExp {
  if (today > dueOn) return /^Overdue: /
  if (today === dueOn) return /^Due today: /
  const days = Math.round((Date.parse(dueOn) - Date.parse(today)) / 86_400_000)
  return new RegExp(`^Due in ${days} ${days === 1 ? 'day' : 'days'}: `)
}

export function checkOutcome({ expected, made, said, received, mailIds }: Outcome): void {
  const wanted = expected.map(asLine).sort()
  const got = made.map(asLine).sort()
  const wantedSet = new Set(wanted)
  const gotSet = new Set(got)
  expect({
    missing: wanted.filter((line) => !gotSet.has(line)).slice(0, 10),
    unasked: got.filter((line) => !wantedSet.has(line)).slice(0, 10),
  }).toEqual({ missing: [], unasked: [] })
  expect(got).toEqual(wanted)
  // Whatever was written down left, and under one id however often the mail server was told.
  expect([...mailIds].filter((id) => !received.has(id))).toEqual([])
  expect(said.filter(({ subject, dueOn, today }) => !subjectOf(dueOn, today).test(subject))).toEqual([])
  expect(said.length).toBeGreaterThan(20)
  expect(made.length).toBeGreaterThan(100)
}
