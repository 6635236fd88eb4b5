/** Whether the incident is told as the ledger recorded it, first and with every change. */
import type { Manifest } from '../manifest.ts'
import type { IncidentDocument } from './documents.ts'
import { differingFields, entriesOf, isBy, type ProvedEntry } from './proved-entry.ts'

const SAID = [
  'kind',
  'title',
  'description',
  'occurredFrom',
  'occurredUntil',
  'discoveredAt',
  'reportedOn',
  'policyNumber',
  'noticeReference',
  'closedAt',
] as const

export function listIncidentFaults(
  { incident: summary }: Manifest,
  told: IncidentDocument,
  entries: readonly ProvedEntry[],
): string[] {
  const faults = differingFields(told, summary).map(
    (name) => `manifest.json and incident.json differ on the incident’s ${name}.`,
  )
  const history = entriesOf(entries, ['incident.recorded', 'incident.changed'], { incidentId: told.id })
  const [first] = history
  const last = history.at(-1)
  if (first?.kind !== 'incident.recorded' || !last)
    return [...faults, 'There is no proved entry of the incident.']
  const said: Record<string, unknown> = Object.assign({}, ...history.map(({ payload }) => payload))
  const recorded = {
    ...Object.fromEntries(SAID.map((name) => [name, said[name] ?? null])),
    affectedAssetIds: [...new Set(said.affectedAssetIds as string[])].sort(),
    recordedAt: first.at,
    changedAt: last.at,
    version: history.length,
  }
  for (const name of differingFields(told, recorded))
    faults.push(`The ledger recorded another ${name} of the incident than incident.json tells.`)
  if (!isBy(first.actor, told.recordedByName)) faults.push('Somebody else recorded the incident.')
  return faults
}
