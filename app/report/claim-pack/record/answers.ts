/** Whether the answers are those that the ledger shows in force at the pack's two times. */
import type { Manifest } from '../manifest.ts'
import type { AnswersDocument } from './documents.ts'
import { entriesOf, isBy, isSame, type ProvedEntry } from './proved-entry.ts'

interface Held {
  version: number
  answer: unknown
  trueFrom: string
  entry: ProvedEntry
}

export function listAnswerFaults(
  { application }: Manifest,
  told: AnswersDocument,
  entries: readonly ProvedEntry[],
): string[] {
  const faults: string[] = []
  const differs = told.attestedAt !== (application?.attestedAt ?? null)
  if (differs || told.reportId !== (application?.reportId ?? null))
    faults.push('answers.json and manifest.json tell of two attestations.')
  const held = application ? answersHeld(application.id, told.trueOn, entries) : new Map<string, Held>()
  for (const { questionId, ...answer } of told.answers) {
    const recorded = held.get(questionId)
    held.delete(questionId)
    if (!recorded) faults.push(`There is no proved entry of the answer to “${questionId}”.`)
    else if (!isSame(answer.answer, recorded.answer))
      faults.push(`The ledger recorded another answer to “${questionId}” (entry ${recorded.entry.sequence}).`)
    else if (
      answer.trueFrom !== recorded.trueFrom ||
      answer.recordedAt !== recorded.entry.at ||
      !isBy(recorded.entry.actor, answer.by)
    )
      faults.push(
        `The ledger recorded the answer to “${questionId}” from somebody else or at another time (entry ${recorded.entry.sequence}).`,
      )
  }
  for (const questionId of held.keys()) faults.push(`answers.json leaves out the answer to “${questionId}”.`)
  return faults
}

/** Of each question the latest version that held on the day; none where it took the answer back. */
function answersHeld(
  applicationId: string,
  trueOn: string,
  entries: readonly ProvedEntry[],
): Map<string, Held> {
  const held = new Map<string, Held>()
  for (const entry of entriesOf(entries, ['answer.recorded'], { applicationId })) {
    const { questionId, version, answer, trueFrom } = entry.payload
    const since = new Date(typeof trueFrom === 'string' ? trueFrom : entry.at).toISOString()
    if (since > trueOn || Number(version) <= (held.get(String(questionId))?.version ?? 0)) continue
    held.set(String(questionId), { version: Number(version), answer, trueFrom: since, entry })
  }
  return new Map([...held].filter(([, { answer }]) => answer !== null))
}
