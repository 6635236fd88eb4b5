/** The checks that hold what a pack tells against the ledger entries that are proved in it. */
import type { z } from 'zod'
import { CheckFailure, failOn, type Results } from '../verify/results.ts'
import type { Manifest } from './manifest.ts'
import type { PackCheckId } from './pack-checks.ts'
import type { ReadFile } from './pack-container.server.ts'
import { judgeProof, listCheckpointFaults, readCheckpoint } from './pack-proofs.server.ts'
import { listAnswerFaults } from './record/answers.ts'
import { listAttestationFaults } from './record/attestation.ts'
import {
  AnswersDocument,
  ExceptionsDocument,
  FactsDocument,
  IncidentDocument,
  WaiversDocument,
} from './record/documents.ts'
import { listEvidenceFaults } from './record/evidence.ts'
import { listExceptionFaults } from './record/exceptions.ts'
import { judgeFacts } from './record/facts.ts'
import { listIncidentFaults } from './record/incident.ts'
import type { ProvedEntry } from './record/proved-entry.ts'
import { listTimeFaults } from './record/times.ts'
import { listWaiverFaults } from './record/waivers.ts'

type PackResults = Results<PackCheckId>

/** @returns what the pack's proofs prove; nothing where one of them does not hold */
export async function checkLedger(
  manifest: Manifest,
  { authorityPem, timestampPem }: { authorityPem: string; timestampPem?: string },
  read: ReadFile,
  results: PackResults,
): Promise<readonly ProvedEntry[]> {
  const proofs = manifest.files.filter(({ role }) => role === 'proof')
  const proved: ProvedEntry[] = []
  let stamped = 'It has no timestamp of another authority'
  const isProved = await results.run(
    'proofs',
    async () => {
      const checkpoint = readCheckpoint((await read('ledger/checkpoint.json')).toString('utf8'))
      const faults = listCheckpointFaults(checkpoint, manifest)
      for (const file of proofs) {
        const text = (await read(file.path)).toString('utf8')
        const verdict = await judgeProof(file, text, {
          checkpoint,
          manifest,
          authorityPem,
          timestampPem,
        })
        faults.push(...verdict.faults)
        if (verdict.timestamp)
          stamped = `Timestamped ${verdict.timestamp.at.toISOString()} by “${verdict.timestamp.authority}”, SHA-256 fingerprint ${verdict.timestamp.fingerprint}${timestampPem === undefined ? ', which nobody compared' : ''}`
        if (verdict.entry) proved.push(verdict.entry)
      }
      failOn(faults)
      return true
    },
    () =>
      `${proofs.length} entries, by checkpoint ${manifest.checkpoint.number} over ${manifest.checkpoint.size}. ${stamped}.`,
  )
  proved.sort((one, other) => one.sequence - other.sequence)
  if (!isProved) return []
  await checkRecord(manifest, proved, read, results)
  return proved
}

async function checkRecord(
  manifest: Manifest,
  entries: readonly ProvedEntry[],
  read: ReadFile,
  results: PackResults,
): Promise<void> {
  const documentAt = async <Schema extends z.ZodType>(path: string, schema: Schema) => {
    const text = (await read(path)).toString('utf8')
    try {
      return schema.parse(JSON.parse(text))
    } catch {
      throw new CheckFailure(`${path} is not written as Attested writes it.`)
    }
  }
  // Two checks look at each of these; whoever comes first has it read.
  const answers = once(() => documentAt('application/answers.json', AnswersDocument))
  const exceptions = once(() => documentAt('exceptions.json', ExceptionsDocument))
  const facts = once(() => documentAt('facts.json', FactsDocument))
  // Packs that were made before waivers were part of them have none.
  const hasWaivers = manifest.files.some(({ role }) => role === 'waivers')
  const waivers = once(async () => (hasWaivers ? documentAt(WAIVERS, WaiversDocument) : null))
  await results.run(
    'times',
    async () => {
      const declined = await waivers()
      const documents = {
        'application/answers.json': await answers(),
        'exceptions.json': await exceptions(),
        'facts.json': await facts(),
        ...(declined ? { [WAIVERS]: declined } : {}),
      }
      failOn(listTimeFaults(manifest, documents, entries))
    },
    `As of the end of ${manifest.asOf}; nothing in it was recorded after ${manifest.knownOn}.`,
  )
  await results.run(
    'evidence',
    () => failOn(listEvidenceFaults(manifest, entries)),
    'With its hash, its dates, its kind and who collected it.',
  )
  await checkFacts(facts, entries, results)
  await results.run(
    'answers',
    async () => failOn(listAnswerFaults(manifest, await answers(), entries)),
    'With who gave them and when; the newest that held on the day.',
  )
  await results.run(
    'exceptions',
    async () => failOn(listExceptionFaults(await exceptions(), entries)),
    'With scope, reason, owner, approver and days.',
  )
  await results.run(
    'waivers',
    async () => {
      const told = await waivers()
      failOn(listWaiverFaults(manifest, told, entries))
      return told
    },
    (told) =>
      told === null
        ? 'The pack was made before waivers were part of it, and no entry in it is of one.'
        : `${told.waivers.length}, each with the text that was signed and the hash of its file.`,
  )
  await results.run(
    'incident',
    async () => {
      const told = await documentAt('incident.json', IncidentDocument)
      failOn(listIncidentFaults(manifest, told, entries))
    },
    'With every change until the pack was asked for.',
  )
  await results.run(
    'attestation',
    () => failOn(listAttestationFaults(manifest, entries)),
    manifest.application?.basis === 'signed'
      ? `Attested on ${manifest.application.attestedAt}.`
      : 'No application had been attested by that day, and the pack claims none.',
  )
}

const WAIVERS = 'waivers.json'

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let reading: Promise<T> | undefined
  return () => {
    reading ??= read()
    return reading
  }
}

async function checkFacts(
  readFacts: () => Promise<FactsDocument>,
  entries: readonly ProvedEntry[],
  results: PackResults,
): Promise<void> {
  const verdict = await results.run(
    'facts',
    async () => {
      const judged = judgeFacts(await readFacts(), entries)
      failOn(judged.faults)
      return judged
    },
    ({ proved }) => `${proved} facts.`,
  )
  if (!verdict?.counted.length) return
  const { proved, counted } = verdict
  results.note(
    'facts',
    'The ledger recorded each fact that was read from the evidence; some were counted from the register',
    `${proved} facts are proved. ${counted.length} more (${[...new Set(counted)].join(', ')}) follow from the register of findings and a list of exploited weaknesses: they are the preparer’s count.`,
  )
}

/** Not a failure: a pack without a lost file is worth more than none, as long as it says so. */
export async function checkMissing({ missing }: Manifest, results: PackResults): Promise<void> {
  await results.run('missing', () => undefined, 'All that the record rests on is inside.')
  if (missing.length === 0) return
  const names = missing.slice(0, 5).map(({ about, reason }) => `“${about}” (${reason})`)
  const rest = missing.length - names.length
  results.note(
    'missing',
    'Some files that the record rests on are not in this pack',
    `${names.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}. The manifest names each with the hash under which it was received; whoever still holds the file can show that it is the one.`,
  )
}
