/** Waits for what jobs make, while the demo workspace is built. */
import type { Member } from '../member.ts'
import { getReportState } from '../reports.server.ts'
import { getScanProgress } from '../scans.server.ts'

const TRIES = 600
const PAUSE_MS = 100

export async function until(what: string, isReached: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    if (await isReached()) return
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
  }
  throw new Error(`${what} did not finish in time`)
}

export function untilImported(member: Member, importId: string): Promise<void> {
  return until('The import', async () => {
    const { state, failure } = await getScanProgress(member, importId)
    if (state === 'failed') throw new Error(`The demo scan was refused: ${failure}`)
    return state === 'done'
  })
}

export function untilReport(member: Member, reportId: string, wanted: string): Promise<void> {
  return until('The report', async () => {
    const { state, failure } = await getReportState(member, reportId)
    if (state === 'failed' || failure) throw new Error(`The demo report failed: ${failure}`)
    return state === wanted
  })
}
