/** What readiness said at each moment is what the record says of that moment ever after. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import { recordAnswer } from '#app/services/answers.server.ts'
import { changeCircumstances, startApplication } from '#app/services/applications.server.ts'
import { inputAt, loadRecord } from '#app/services/client-record.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { linkEvidence, registerEvidence, storeFile, withdrawEvidence } from '#app/services/evidence.server.ts'
import { reviseEvidence } from '#app/services/evidence-revisions.server.ts'
import { recordException, revokeException } from '#app/services/exceptions.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { failImport } from '#app/services/scans.server.ts'
import type { Tx } from '#db/client.server.ts'
import { supersedeFacts } from '#db/queries/register-imports.server.ts'
import { insertFacts, insertImport, updateImport } from '#db/queries/scans.server.ts'
import type { Fact } from '#evidence/facts.ts'
import { campaign } from '../support/campaign.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member
const START = new Date('2026-03-02T09:00:00Z')
const HOUR = 3_600_000
let now = START

beforeAll(async () => {
  world = await openWorld()
  member = (await world.signUpMember('Hilda Story')).member
})
afterAll(() => world?.close())

/** Small, seeded, and good enough to choose what happens next. */
function chooser(seed: number) {
  let state = seed
  return (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

function pass(hours: number) {
  now = new Date(now.getTime() + hours * HOUR)
  world.setClock(now)
}

async function* bytes(text: string) {
  yield new TextEncoder().encode(text)
}

const dayBefore = (days: number) => new Date(now.getTime() - days * 24 * HOUR).toISOString().slice(0, 10)
const answers = Object.entries(dentalAnswers(START))
const FACTS: [Fact['key'], Fact['value']][] = [
  ['mfa.user_enforced_percent', 97],
  ['exposure.rdp_open_count', 1],
  ['vuln.kev_open_count', 0],
  ['backup.immutable_copy', true],
]
const KINDS = ['vuln-scan-summary', 'idp-policy-export', 'restore-test-log', 'external-scan-report']

interface Held {
  evidenceId: string
  revisionId: string
  importId: string | null
}

async function addEvidence(clientId: string, next: (below: number) => number): Promise<Held> {
  const held = await registerEvidence(
    member,
    clientId,
    await storeFile(member, bytes(crypto.randomUUID())),
    'seen.txt',
    {
      kind: KINDS[next(KINDS.length)] as string,
      title: 'Something seen',
      observedOn: dayBefore(next(60)),
      validUntil: null,
      collector: 'Hilda',
      controlIds: next(2) ? ['mfa-email'] : [],
      questionRefs: [],
      viewpoint: 'internal',
    },
  )
  if (held.outcome !== 'received') throw new Error(held.outcome)
  return { ...held, importId: null }
}

async function live(seed: number, steps: number) {
  const next = chooser(seed)
  now = START
  world.setClock(now)
  const clientId = await createClient(member, demoClients(now).dental)
  const applicationId = await startApplication(member, clientId, { formCode: 'core-cyber', edition: '1' })
  const { organisationId } = member
  const { database, newId } = getRuntime()
  const inTransaction = <T>(work: (tx: Tx) => Promise<T>) => database.inOrganisation(organisationId, work)
  const versions = new Map<string, number>()
  const items: Held[] = []
  const exceptions: string[] = []
  const others: string[] = []
  const moments: { at: Date; readiness: unknown }[] = []
  const pickItem = () => items[next(items.length)]

  const happenings: (() => Promise<unknown>)[] = [
    async () => {
      const [questionId, answer] = answers[next(answers.length)] ?? answers[0] ?? []
      if (!questionId || !answer) return
      const seenVersion = versions.get(questionId) ?? 0
      const saved = await recordAnswer(member, {
        applicationId,
        questionId,
        answer: next(5) === 0 ? null : answer,
        seenVersion,
      })
      if (saved.outcome === 'saved') versions.set(questionId, saved.version)
    },
    async () => items.push(await addEvidence(clientId, next)),
    async () => {
      const item = pickItem()
      if (!item) return
      await inTransaction(async (tx) => {
        const [key, value] = FACTS[next(FACTS.length)] ?? FACTS[0] ?? []
        if (!key || value === undefined) return
        const observedAt = new Date(now.getTime() - next(50) * 24 * HOUR)
        const fact = {
          key,
          value,
          scope: { viewpoint: next(2) ? 'external' : 'tenant', subject: 'all' },
          observedAt: observedAt.toISOString(),
          completeness: 'complete',
          collector: 'test',
        } as Fact
        await insertFacts(tx, [
          {
            organisationId,
            id: newId(),
            clientId,
            revisionId: item.revisionId,
            importId: item.importId,
            key,
            fact,
            observedAt,
            recordedAt: now,
          },
        ])
      })
    },
    async () => {
      const item = pickItem()
      if (!item) return
      const stored = await storeFile(member, bytes(crypto.randomUUID()))
      const input = {
        observedOn: dayBefore(next(20)),
        validUntil: null,
        collector: 'Hilda',
        viewpoint: 'internal',
      }
      const revised = await reviseEvidence(
        member,
        item.evidenceId,
        stored,
        'seen again.txt',
        input as never,
      ).catch(() => null)
      if (revised?.outcome === 'received')
        Object.assign(item, { revisionId: revised.revisionId, importId: null })
    },
    async () => {
      const item = pickItem()
      if (!item || item.importId) return
      const importId = newId()
      item.importId = importId
      await inTransaction((tx) =>
        insertImport(tx, {
          organisationId,
          id: importId,
          clientId,
          revisionId: item.revisionId,
          viewpoint: 'internal',
          state: 'queued',
          bytesTotal: 1,
          createdBy: member.userId,
          createdAt: now,
        }),
      )
    },
    async () => {
      const item = pickItem()
      if (!item?.importId) return
      const { importId } = item
      if (next(3) === 0) await failImport(organisationId, importId, 'Torn.')
      else
        await inTransaction((tx) =>
          updateImport(tx, organisationId, importId, { state: 'done', finishedAt: now }),
        )
    },
    async () => {
      const item = pickItem()
      if (item?.importId)
        await inTransaction((tx) =>
          supersedeFacts(tx, organisationId, item.importId as string, ['vuln.kev_open_count'], now),
        )
    },
    async () => {
      const item = pickItem()
      if (!item) return
      const controlIds = next(2) ? ['backup-restore-test'] : ['mfa-email', 'rdp-not-exposed']
      await linkEvidence(member, item.evidenceId, { controlIds, questionRefs: [] }).catch(() => null)
    },
    async () => {
      const item = pickItem()
      if (item && next(3) === 0) await withdrawEvidence(member, item.evidenceId, 'Not theirs.')
    },
    async () => {
      const questionId = answers[next(answers.length)]?.[0]
      if (!questionId) return
      exceptions.push(
        await recordException(member, applicationId, {
          questionId,
          scope: 'One mailbox',
          reason: 'One old mailbox',
          compensatingControl: 'Blocked outside',
          owner: 'Ines',
          approvedBy: 'Ada',
          startsOn: next(2) ? dayBefore(next(30)) : '',
          expiresOn: dayBefore(-1 - next(40)),
        }),
      )
    },
    async () => {
      const id = exceptions[next(exceptions.length)]
      if (id) await revokeException(member, { exceptionId: id, reason: 'Gone.' }).catch(() => null)
    },
    () => changeCircumstances(member, applicationId, { headcount: 10 + next(90) }),
    async () => {
      // A second form of the client, which says the same or the opposite.
      const pick = { formCode: 'core-cyber', edition: '1' }
      const other =
        others.length < 2 ? await startApplication(member, clientId, pick) : others[next(others.length)]
      if (!other) return
      if (!others.includes(other)) others.push(other)
      for (const [questionId, answer] of answers.slice(0, 40)) {
        if (next(3) > 0) continue
        const given = next(2) ? answer : null
        await recordAnswer(member, { applicationId: other, questionId, answer: given, seenVersion: next(2) })
      }
    },
  ]

  for (let step = 0; step < steps; step += 1) {
    pass(1 + next(200))
    await happenings[next(happenings.length)]?.()
    moments.push({ at: now, readiness: (await getReadiness(member, applicationId)).readiness })
    if (next(4) === 0) {
      pass(24 * (1 + next(30)))
      moments.push({ at: now, readiness: (await getReadiness(member, applicationId)).readiness })
    }
  }
  return { clientId, applicationId, others, moments }
}

describe('as known on a moment', () => {
  test.each(campaign([1], [1, 2, 3]))(
    'is what readiness said then, whatever came later (history %i)',
    async (seed) => {
      const { clientId, applicationId, others, moments } = await live(
        seed,
        Number(process.env.ATTESTED_HISTORY_STEPS ?? 45),
      )
      const { organisationId } = member
      const { edition } = await getReadiness(member, applicationId)
      const editions = new Map([applicationId, ...others].map((id) => [id, edition]))
      const { record } = await getRuntime().database.inOrganisation(organisationId, (tx) =>
        loadRecord(tx, organisationId, clientId, now),
      )
      for (const { at, readiness } of moments) {
        const input = inputAt(record, applicationId, editions, { trueOn: at, knownOn: at })
        expect(input && evaluateReadiness(input), at.toISOString()).toEqual(readiness)
      }
      expect(new Set(moments.map(({ readiness }) => JSON.stringify(readiness))).size).toBeGreaterThan(10)
    },
    120_000,
  )
})
