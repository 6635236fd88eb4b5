/** What a pack tells against its own ledger, when the organisation that made it signs it anew. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Manifest } from '#app/report/claim-pack/manifest.ts'
import type { PackCheckId } from '#app/report/claim-pack/pack-checks.ts'
import type {
  AnswersDocument,
  ExceptionsDocument,
  FactsDocument,
  IncidentDocument,
} from '#app/report/claim-pack/record/documents.ts'
import { verifyPack } from '#app/report/claim-pack/verify-pack.server.ts'
import { recordException, revokeException } from '#app/services/exceptions.server.ts'
import { editIncident, getIncident } from '#app/services/incidents.server.ts'
import type { Member } from '#app/services/member.ts'
import { openWorld, type World } from '../support/world.ts'
import { type Files, failedChecks, manifestOf, packer, signAnew, unpack } from './claim-pack-files.ts'
import { incidentOf, makePack, packIncident, prepareDental, signApplication } from './claim-world.ts'

let world: World
let files: Files
const folder = mkdtempSync(join(tmpdir(), 'attested-forged-'))
const repack = packer(folder)

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  const member: Member = (await world.signUpMember('Paula Pack')).member
  const { clientId, applicationId } = await prepareDental(member)
  const excepted = (questionId: string) => ({
    questionId,
    scope: 'The two imaging servers',
    reason: 'The vendor supports no second factor before the next release.',
    compensatingControl: 'They stand in a network of their own.',
    owner: 'Paula Pack',
    approvedBy: 'Oscar Officer',
    startsOn: '',
    expiresOn: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10),
  })
  await recordException(member, applicationId, excepted('mfa-email'))
  const exceptionId = await recordException(member, applicationId, excepted('mfa-remote-access'))
  await revokeException(member, { exceptionId, reason: 'The release came earlier.' })
  await signApplication(member, applicationId)
  const { incidentId } = await makePack(member, clientId, folder)
  const { incident } = await getIncident(member, incidentId)
  await editIncident(member, incidentId, incident.version, incidentOf({ title: 'Servers encrypted' }))
  files = await unpack((await packIncident(member, incidentId, folder)).path)
})

afterAll(async () => {
  await world?.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Documents {
  'incident.json': IncidentDocument
  'exceptions.json': ExceptionsDocument
  'application/answers.json': AnswersDocument
  'facts.json': FactsDocument
}
type Change = { manifest: Manifest; documents: Documents }

/** @returns the checks that fail once the change is signed as if it were true */
async function failedAfter(change: (change: Change) => void): Promise<PackCheckId[]> {
  const manifest = manifestOf(files)
  const names = manifest.files.flatMap(({ path }) =>
    path.endsWith('.json') && !path.startsWith('ledger/') && !path.startsWith('evidence/') ? [path] : [],
  )
  const documents = Object.fromEntries(
    names.map((path) => [path, JSON.parse(String(files.get(path)))]),
  ) as unknown as Documents
  change({ manifest, documents })
  const changed: Files = new Map(files)
  for (const [path, value] of Object.entries(documents))
    changed.set(path, Buffer.from(`${JSON.stringify(value, null, 2)}\n`))
  const madeAt = manifest.madeAt === manifestOf(files).madeAt ? undefined : manifest.madeAt
  return failedChecks(await repack(await signAnew(changed, manifest, madeAt), 'forged'))
}

const evidenceIn = ({ files: listed }: Manifest) => listed.filter(({ role }) => role === 'evidence')
const drop = (manifest: Manifest, is: (file: Manifest['files'][number]) => boolean) => {
  manifest.files = manifest.files.filter((file) => !is(file))
}

test('signed anew without a change, every check holds', async () => {
  expect(await failedAfter(() => undefined)).toEqual([])
  const { checks } = await verifyPack(await repack(files, 'as-made'))
  const said = Object.fromEntries(checks.map(({ id, detail }) => [id, detail]))
  expect(said.facts).toMatch(/^[1-9]\d* facts/)
  expect(checks.filter(({ note }) => note).map(({ id }) => id)).toEqual(expect.arrayContaining(['authority']))
})

const CASES: [name: string, change: (change: Change) => void, failed: PackCheckId[]][] = [
  [
    'another title of the incident, in both places',
    ({ manifest, documents }) => {
      manifest.incident.title = documents['incident.json'].title = 'A printer was stolen'
    },
    ['incident'],
  ],
  [
    'another title in the manifest alone',
    ({ manifest }) => {
      manifest.incident.title = 'A printer was stolen'
    },
    ['incident'],
  ],
  [
    'another account of what happened',
    ({ documents }) => {
      documents['incident.json'].description = 'Nothing much.'
    },
    ['incident'],
  ],
  [
    'a change of the incident without its entry',
    ({ documents, manifest }) => {
      documents['incident.json'].version = 1
      drop(manifest, ({ entry }) => entry?.kind === 'incident.changed')
    },
    ['incident'],
  ],
  [
    'an incident without its entry',
    ({ manifest }) => drop(manifest, ({ entry }) => entry?.kind === 'incident.recorded'),
    ['incident'],
  ],
  [
    'another reason of an exception',
    ({ documents }) => {
      for (const one of documents['exceptions.json'].exceptions) one.reason = 'It was never needed at all.'
    },
    ['exceptions'],
  ],
  [
    'an exception that is left out',
    ({ documents }) => void documents['exceptions.json'].exceptions.pop(),
    ['exceptions'],
  ],
  [
    'an exception that ends later',
    ({ documents }) => {
      for (const one of documents['exceptions.json'].exceptions) one.expiresOn = '2099-12-31'
    },
    ['exceptions'],
  ],
  [
    'a revoked exception that covers',
    ({ documents }) => {
      for (const one of documents['exceptions.json'].exceptions)
        Object.assign(one, { revokedAt: null, revokedByName: null, revokedReason: null, coveredTheDay: true })
    },
    ['exceptions'],
  ],
  [
    'evidence observed on another day',
    ({ manifest }) => {
      for (const { evidence } of evidenceIn(manifest))
        if (evidence) evidence.observedAt = '2026-01-01T00:00:00.000Z'
    },
    ['evidence'],
  ],
  [
    'evidence from another collector',
    ({ manifest }) => {
      for (const { evidence } of evidenceIn(manifest)) if (evidence) evidence.collector = 'The insurer'
    },
    ['evidence'],
  ],
  [
    'evidence of another kind',
    ({ manifest }) => {
      for (const { evidence } of evidenceIn(manifest)) if (evidence) evidence.kind = 'penetration-test'
    },
    ['evidence'],
  ],
  [
    'an evidence file of which nothing is said',
    ({ manifest }) => {
      for (const file of evidenceIn(manifest)) delete file.evidence
    },
    ['evidence'],
  ],
  [
    'a receipt that is another file’s',
    ({ manifest }) => {
      const [one, other] = evidenceIn(manifest)
      if (one?.evidence && other?.evidence) one.evidence.ledgerEntry = other.evidence.ledgerEntry
    },
    ['evidence'],
  ],
  [
    'a fact with another value',
    ({ documents }) => {
      for (const { fact } of documents['facts.json'].facts) fact.note = 'Seen by nobody.'
    },
    ['facts'],
  ],
  [
    'a fact known earlier',
    ({ documents }) => {
      for (const one of documents['facts.json'].facts) one.recordedAt = '2026-01-01T00:00:00.000Z'
    },
    ['facts'],
  ],
  [
    'another answer',
    ({ documents }) => {
      for (const one of documents['application/answers.json'].answers) one.answer = { state: 'unknown' }
    },
    ['answers'],
  ],
  [
    'an answer that is left out',
    ({ documents }) => void documents['application/answers.json'].answers.pop(),
    ['answers'],
  ],
  [
    'an answer of somebody else',
    ({ documents }) => {
      for (const one of documents['application/answers.json'].answers) one.by = 'Oscar Officer'
    },
    ['answers'],
  ],
  [
    'an earlier attestation',
    ({ manifest, documents }) => {
      if (!manifest.application) return
      manifest.application.attestedAt = '2026-01-01T00:00:00.000Z'
      documents['application/answers.json'].attestedAt = '2026-01-01T00:00:00.000Z'
    },
    ['attestation'],
  ],
  [
    'a draft that was attested',
    ({ manifest }) => {
      if (manifest.application) manifest.application.basis = 'draft'
    },
    ['attestation'],
  ],
  [
    'an attestation without its report',
    ({ manifest }) => drop(manifest, ({ role }) => role === 'signed-report'),
    ['attestation'],
  ],
  [
    'another day',
    ({ manifest }) => {
      manifest.asOf = '2026-01-01'
    },
    ['times'],
  ],
  [
    'an older state of knowledge',
    ({ manifest }) => {
      manifest.knownOn = '2026-01-01T00:00:00.000Z'
    },
    ['times'],
  ],
  [
    'a pack from before its checkpoint',
    ({ manifest }) => {
      manifest.madeAt = '2026-01-01T00:00:00.000Z'
    },
    // Nothing else can be judged without a signer.
    [
      'signer',
      'proofs',
      'times',
      'evidence',
      'facts',
      'answers',
      'exceptions',
      'incident',
      'attestation',
      'missing',
      'report',
      'authority',
    ],
  ],
]

describe('a pack that its own maker signed with', () => {
  test.each(CASES)('%s', async (_name, change, failed) => {
    expect(await failedAfter(change)).toEqual(failed)
  })

  test('a file that is not written as JSON', async () => {
    const changed: Files = new Map(files)
    changed.set('facts.json', Buffer.from('{'))
    const failed = await failedChecks(await repack(await signAnew(changed, manifestOf(files)), 'unread'))
    expect(failed).toEqual(['times', 'facts'])
  })
})
