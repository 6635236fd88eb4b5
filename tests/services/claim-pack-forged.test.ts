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
  WaiversDocument,
} from '#app/report/claim-pack/record/documents.ts'
import { verifyPack } from '#app/report/claim-pack/verify-pack.server.ts'
import { recordException, revokeException } from '#app/services/exceptions.server.ts'
import { editIncident, getIncident } from '#app/services/incidents.server.ts'
import type { Member } from '#app/services/member.ts'
import { openWaiverFile } from '#app/services/waiver-file.server.ts'
import { signWaiver } from '#app/services/waiver-signing.server.ts'
import { createWaiver, offerWaiver, withdrawWaiver } from '#app/services/waivers.server.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { openWorld, type World } from '../support/world.ts'
import { type Files, failedChecks, manifestOf, packer, signAnew, unpack } from './claim-pack-files.ts'
import { incidentOf, makePack, packIncident, prepareDental, signApplication, until } from './claim-world.ts'
import { signed, signer, words } from './waiver-world.ts'

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
  const waiverId = await signed(member, clientId)
  const renewal = await createWaiver(member, clientId, words(), { template: null, replaces: waiverId })
  await offerWaiver(member, renewal, 1)
  await signWaiver(member.organisationId, renewal, signer())
  const mistake = await signed(member, clientId, {
    service: 'Backups out of reach',
    controlIds: ['backup-saas'],
  })
  await withdrawWaiver(member, mistake, { because: 'mistake', reason: 'It was the wrong service.' })
  for (const id of [waiverId, renewal, mistake]) await waiverFile(member, id)
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

/** Waits for the job that signs it. */
const waiverFile = (member: Member, id: string) =>
  until(() =>
    openWaiverFile(member, id).then(
      ({ stream }) => {
        stream.destroy()
        return true
      },
      () => false,
    ),
  )

interface Documents {
  'incident.json': IncidentDocument
  'waivers.json': WaiversDocument
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

test('names the waivers of declined services that were signed, each with its file', async () => {
  const { waivers } = JSON.parse(String(files.get('waivers.json'))) as WaiversDocument
  expect(waivers.map(({ heldOnTheDay, withdrawnBecause }) => [heldOnTheDay, withdrawnBecause])).toEqual([
    [false, 'renewed'],
    [true, null],
    [false, 'mistake'],
  ])
  const listed = manifestOf(files).files.filter(({ role }) => role === 'waiver')
  expect(listed.map(({ waiverId, sha256 }) => [waiverId, sha256])).toEqual(
    waivers.map(({ id, pdfSha256 }) => [id, pdfSha256]),
  )
  for (const { path } of listed) expect(String(files.get(path)?.subarray(0, 5))).toBe('%PDF-')
  const { checks } = await verifyPack(await repack(files, 'waivers'))
  expect(checks.find(({ id }) => id === 'waivers')).toMatchObject({
    ok: true,
    detail: expect.stringMatching(/^3, /),
  })
})

test('a pack that was made before waivers were part of it still holds', async () => {
  const isOfWaiver = ({ role, entry }: Manifest['files'][number]) =>
    role === 'waivers' || role === 'waiver' || entry?.kind.startsWith('waiver.') === true
  const failed = await failedAfter(({ manifest, documents }) => {
    drop(manifest, isOfWaiver)
    Reflect.deleteProperty(documents, 'waivers.json')
  })
  expect(failed).toEqual([])
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
    'another service in a waiver',
    ({ documents }) => {
      for (const one of documents['waivers.json'].waivers) one.service = 'A cheaper service'
    },
    ['waivers'],
  ],
  [
    'another text of a waiver, with its own hash',
    ({ documents }) => {
      for (const one of documents['waivers.json'].waivers) {
        one.text = one.text.replace('A stolen password', 'Nothing much')
        one.textSha256 = sha256Hex(one.text)
      }
    },
    ['waivers'],
  ],
  [
    'a text of a waiver that is not the hashed one',
    ({ documents }) => {
      for (const one of documents['waivers.json'].waivers) one.text = one.text.replace('password', 'badge')
    },
    ['waivers'],
  ],
  [
    'another day on which a waiver was signed',
    ({ documents }) => {
      for (const one of documents['waivers.json'].waivers) one.signedAt = '2020-01-01T00:00:00.000Z'
    },
    ['waivers'],
  ],
  [
    'somebody else who signed a waiver',
    ({ documents }) => {
      for (const one of documents['waivers.json'].waivers) one.decisionMakerName = 'Olga Other'
    },
    ['waivers'],
  ],
  [
    'a waiver told as in force that was signed by mistake',
    ({ documents }) => {
      for (const one of documents['waivers.json'].waivers) {
        one.heldOnTheDay = true
        one.withdrawnAt = one.withdrawnBecause = one.withdrawnReason = null
      }
    },
    ['waivers'],
  ],
  [
    'a waiver that is left out, and its file',
    ({ manifest, documents }) => {
      const left = documents['waivers.json'].waivers.pop()
      drop(manifest, ({ waiverId }) => waiverId === left?.id)
    },
    ['waivers'],
  ],
  [
    'a waiver without its file',
    ({ manifest }) => drop(manifest, ({ role }) => role === 'waiver'),
    ['waivers'],
  ],
  [
    'the files of two waivers in each other’s place',
    ({ manifest }) => {
      const [one, other] = manifest.files.filter(({ role }) => role === 'waiver')
      if (one && other) [one.waiverId, other.waiverId] = [other.waiverId, one.waiverId]
    },
    ['waivers'],
  ],
  [
    'no waivers at all, though entries of them are there',
    ({ manifest, documents }) => {
      drop(manifest, ({ role }) => role === 'waivers' || role === 'waiver')
      Reflect.deleteProperty(documents, 'waivers.json')
    },
    ['waivers'],
  ],
  [
    'a waiver without its entry',
    ({ manifest }) => drop(manifest, ({ entry }) => entry?.kind === 'waiver.signed'),
    ['waivers'],
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
      'waivers',
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
