/** Whether every exception is told as the ledger recorded it, and none of those proved is left out. */
import type { ExceptionsDocument } from './documents.ts'
import { dayOf, differingFields, entriesOf, isBy, type ProvedEntry } from './proved-entry.ts'

type Told = ExceptionsDocument['exceptions'][number]

const WORDS = ['applicationId', 'questionId', 'scope', 'reason', 'compensatingControl', 'owner', 'approvedBy']

export function listExceptionFaults(
  { exceptions, trueOn }: ExceptionsDocument,
  entries: readonly ProvedEntry[],
): string[] {
  const ids = new Set(exceptions.map(({ id }) => id))
  const untold = entriesOf(entries, ['exception.recorded'], {}).filter(
    ({ payload }) => !ids.has(String(payload.exceptionId)),
  )
  return [
    ...exceptions.flatMap((told) => judge(told, trueOn, entries)),
    ...untold.map(({ sequence }) => `exceptions.json leaves out the exception of entry ${sequence}.`),
  ]
}

function judge(told: Told, trueOn: string, entries: readonly ProvedEntry[]): string[] {
  const about = { exceptionId: told.id }
  const [entry] = entriesOf(entries, ['exception.recorded'], about)
  if (!entry) return [`There is no proved entry of the exception ${told.id}.`]
  const [revoked] = entriesOf(entries, ['exception.revoked'], about)
  const startsOn = (entry.payload.startsOn as string | null | undefined) ?? dayOf(entry.at)
  const expiresOn = String(entry.payload.expiresOn)
  const day = dayOf(trueOn)
  const recorded = {
    ...Object.fromEntries(WORDS.map((name) => [name, entry.payload[name]])),
    startsOn,
    expiresOn,
    recordedAt: entry.at,
    revokedAt: revoked?.at ?? null,
    revokedReason: revoked?.payload.reason ?? null,
    coveredTheDay: startsOn <= day && day <= expiresOn && !(revoked && revoked.at <= trueOn),
  }
  const faults = differingFields(told, recorded).map(
    (name) => `The ledger recorded another ${name} of the exception ${told.id}.`,
  )
  if (revoked && !isBy(revoked.actor, told.revokedByName))
    faults.push(`Somebody else revoked the exception ${told.id}.`)
  return faults
}
