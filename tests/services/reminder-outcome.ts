/** What must hold after any simulated time. */
import { expect } from 'vitest'
import type { Expected } from './reminder-oracle.ts'
import type { Outcome } from './reminder-simulation.ts'

const asLine = ({ title, dueOn, rung, offset, email, at }: Expected) =>
  `${at} ${email}: ${title}, due ${dueOn}, ${rung} ${offset}`

export function checkOutcome({ expected, made, received, mailIds }: Outcome): void {
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
  expect(made.length).toBeGreaterThan(100)
}
