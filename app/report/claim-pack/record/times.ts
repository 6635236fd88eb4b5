/** Whether the days and times of a pack are possible, and the same wherever they stand. */
import type { Manifest } from '../manifest.ts'
import type { ProvedEntry } from './proved-entry.ts'

export function listTimeFaults(
  manifest: Manifest,
  documents: Record<string, { trueOn: string; knownOn: string }>,
  entries: readonly ProvedEntry[],
): string[] {
  const { asOf, trueOn, knownOn, madeAt, incident } = manifest
  const faults: string[] = []
  if (asOf < incident.occurredFrom || asOf > incident.occurredUntil)
    faults.push('The day of the pack is none of the days on which the incident occurred.')
  const end = `${asOf}T23:59:59.999Z`
  if (trueOn !== (end < knownOn ? end : knownOn))
    faults.push('What is told as true is not of the end of the pack’s day.')
  if (madeAt < knownOn) faults.push('The pack was made before it was asked for.')
  for (const [path, times] of Object.entries(documents)) {
    if (times.trueOn !== trueOn || times.knownOn !== knownOn)
      faults.push(`${path} is of another day or another state of knowledge than the manifest.`)
  }
  for (const { sequence, at } of entries) {
    if (at > knownOn) faults.push(`Entry ${sequence} was recorded after the pack was asked for.`)
  }
  return faults
}
