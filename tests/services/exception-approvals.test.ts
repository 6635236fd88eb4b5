import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { recordAnswer } from '#app/services/answers.server.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import { ApprovalDecision } from '#app/services/exception-approval-input.ts'
import { askApproval, getApprovalPage, takeBackApproval } from '#app/services/exception-approvals.server.ts'
import { listClientExceptions } from '#app/services/exception-register.server.ts'
import { writeExceptionTable } from '#app/services/exception-register.ts'
import { recordException, revokeException } from '#app/services/exceptions.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { getReadiness } from '#app/services/readiness.server.ts'
import { decideInRoom, visitRoomApproval } from '#app/services/room-approvals.server.ts'
import { visitRoom } from '#app/services/room-visit.server.ts'
import { getRuntime } from '#app/services/runtime.server.ts'
import { setApplicationState } from '#db/queries/applications.server.ts'
import { updateApproval } from '#db/queries/exception-approvals.server.ts'
import type { SignedIn } from '../routes/evidence-calls.ts'
import { openWorld, type World } from '../support/world.ts'
import { ADA, caller, code, enterByLink, enterRoom, FIONA, ORIGIN } from './room-world.ts'

const NOW = new Date('2026-11-27T10:00:00.000Z')
const APPROVE = { intent: 'approve', agree: 'on', words: 'Until the new mail system is there.' } as const
const REFUSE = { intent: 'refuse', words: 'We never agreed to that.' } as const

let world: World
let mia: SignedIn
let eve: SignedIn
let clientId: string
let applicationId: string
let exceptionId: string

beforeAll(async () => {
  world = await openWorld()
  mia = await world.signUpMember('Mia Member')
  eve = await world.signUpMember('Eve Elsewhere')
})
beforeEach(async () => {
  world.setClock(NOW)
  clientId = await createClient(mia.member, demoClients(NOW).dental)
  applicationId = await startApplication(mia.member, clientId, { formCode: 'core-cyber', edition: '1' })
  const answer = { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } } as const
  await recordAnswer(mia.member, { applicationId, questionId: 'mfa-email', answer, seenVersion: 0 })
  exceptionId = await recordException(mia.member, applicationId, {
    questionId: 'mfa-email',
    scope: 'Two shared mailboxes of the reception',
    startsOn: '',
    reason: 'The fax gateway cannot answer a second question at sign-in.',
    compensatingControl: 'They are read inside the office only.',
    owner: 'Mia Member',
    approvedBy: 'Ada Approver',
    expiresOn: '2027-02-20',
  })
})
afterEach(() => world.setClock(NOW))
afterAll(() => world?.close())

const ask = (person = ADA, more: { dueOn?: string } = {}) =>
  askApproval(
    mia.member,
    exceptionId,
    { ...person, dueOn: '2026-12-04', note: 'We spoke about it on the phone.', ...more },
    ORIGIN,
  )

async function asked() {
  const { approvalId, href } = await ask()
  return { approvalId, key: await enterByLink(mia.member, href, ADA.recipientEmail) }
}

const freeze = () =>
  getRuntime().database.inOrganisation(mia.member.organisationId, (tx) =>
    setApplicationState(tx, mia.member.organisationId, applicationId, 'frozen', NOW),
  )
const registered = async () => (await listClientExceptions(mia.member, clientId))[0]

describe('a decision', () => {
  test('needs the tick for a yes and a reason for a no', () => {
    expect(ApprovalDecision.safeParse({ intent: 'approve', words: '' }).error?.issues[0]?.path).toEqual([
      'agree',
    ])
    expect(ApprovalDecision.safeParse({ intent: 'refuse', words: ' ' }).error?.issues[0]?.path).toEqual([
      'words',
    ])
    expect(ApprovalDecision.safeParse({ intent: 'decide', words: 'x' }).success).toBe(false)
    expect(ApprovalDecision.safeParse({ ...REFUSE, words: 'x'.repeat(1001) }).success).toBe(false)
  })
})

describe('an exception before the decision-maker', () => {
  test('is a task of theirs, in plain words, with what it means for the insurance', async () => {
    const { approvalId, key } = await asked()
    expect((await visitRoom(key)).tasks).toMatchObject([
      { kind: 'approval', id: approvalId, isDone: false, dueOn: '2026-12-04', askedBy: 'Mia Member' },
    ])
    expect(await visitRoomApproval(key, approvalId)).toMatchObject({
      state: 'asked',
      text: {
        scope: 'Two shared mailboxes of the reception',
        answer: 'Yes',
        note: 'We spoke about it on the phone.',
        declaration: expect.stringContaining('until 20 February 2027'),
      },
    })
    expect((await registered())?.approval).toMatchObject({ state: 'asked', name: 'Ada Approver' })
  })

  test('approved, it is told in the register, on the readiness page and in the ledger, with the way it was given', async () => {
    const { approvalId, key } = await asked()
    await decideInRoom(key, approvalId, APPROVE, caller, null)
    const row = await registered()
    expect(row).toMatchObject({
      standing: 'in-force',
      approval: { state: 'approved', name: 'Ada Approver', at: NOW, words: APPROVE.words },
    })
    expect(writeExceptionTable(row ? [row] : [])).toContain('approved: Ada Approver')
    const { approvals, exceptionRows } = await getReadiness(mia.member, applicationId)
    expect(exceptionRows).toHaveLength(1)
    expect(approvals.get(exceptionId)?.state).toBe('approved')
    const page = await getApprovalPage(mia.member, exceptionId)
    expect(page.approvals).toMatchObject([
      { method: expect.stringContaining('one-time code'), address: caller.address, words: APPROVE.words },
    ])
    const [entry] = (await listLedger(mia.member)).entries
    expect(entry).toMatchObject({ kind: 'approval.given', actor: 'Ada Approver <ada@client.example>' })
    expect(JSON.stringify(entry)).toContain('I approve for')
    expect((await visitRoom(key)).tasks).toMatchObject([{ isDone: true, outcome: 'Approved' }])
  })

  test('refused, it ends at once and covers no answer', async () => {
    const { approvalId, key } = await asked()
    await decideInRoom(key, approvalId, REFUSE, caller, null)
    expect(await registered()).toMatchObject({
      standing: 'revoked',
      revokedByName: 'Ada Approver',
      revokedReason: 'Not approved: We never agreed to that.',
      approval: { state: 'refused' },
    })
    const { exceptionRows, input } = await getReadiness(mia.member, applicationId)
    expect([exceptionRows, input.exceptions]).toEqual([[], []])
    const kinds = (await listLedger(mia.member)).entries.map(({ kind }) => kind)
    expect(kinds.slice(0, 2).sort()).toEqual(['approval.refused', 'exception.revoked'])
  })

  test('is decided once, and stays so even for whoever reaches the database', async () => {
    const { approvalId, key } = await asked()
    const both = await Promise.all([
      code(() => decideInRoom(key, approvalId, APPROVE, caller, null)),
      code(() => decideInRoom(key, approvalId, REFUSE, caller, null)),
    ])
    expect(both.sort()).toEqual(['decided', 'done'])
    const { organisationId } = mia.member
    const change = getRuntime().database.inOrganisation(organisationId, (tx) =>
      updateApproval(tx, organisationId, approvalId, { words: 'Something else' }),
    )
    await expect(change).rejects.toThrow()
  })

  test('is not decided by others, from our side, or outside the door', async () => {
    const { approvalId, key } = await asked()
    const fiona = await enterRoom(mia.member, clientId, FIONA)
    const other = await createClient(mia.member, demoClients(NOW).dental)
    const elsewhere = await enterRoom(mia.member, other, ADA)
    for (const wrong of [fiona, elsewhere]) {
      expect(await code(() => visitRoomApproval(wrong, approvalId))).toBe('not-found')
      expect(await code(() => decideInRoom(wrong, approvalId, APPROVE, caller, null))).toBe('not-found')
    }
    expect(await code(() => decideInRoom(key, approvalId, APPROVE, caller, mia.member))).toBe('both-sides')
    const outside = { ...key, session: null }
    expect(await code(() => decideInRoom(outside, approvalId, APPROVE, caller, null))).toBe('code-needed')
    expect(await code(() => getApprovalPage(eve.member, exceptionId))).toBe('not-found')
    expect(await code(() => takeBackApproval(eve.member, exceptionId, approvalId))).toBe('not-found')
    world.setClock(new Date('2027-02-21T00:00:00Z'))
    // The exception ended, though the link still stands.
    expect(await code(() => decideInRoom(key, approvalId, APPROVE, caller, null))).toBe('code-needed')
    world.setClock(NOW)
    expect((await registered())?.approval?.state).toBe('asked')
  })

  test('taken back, revoked or signed meanwhile waits for nobody', async () => {
    const first = await asked()
    await takeBackApproval(mia.member, exceptionId, first.approvalId)
    expect(await code(() => visitRoomApproval(first.key, first.approvalId))).toBe('not-found')
    expect(await code(() => takeBackApproval(mia.member, exceptionId, first.approvalId))).toBe('decided')
    const second = await asked()
    await freeze()
    expect((await visitRoomApproval(second.key, second.approvalId)).state).toBe('closed')
    expect(await code(() => decideInRoom(second.key, second.approvalId, REFUSE, caller, null))).toBe(
      'decided',
    )
  })

  test('is asked of one person at a time, of nobody of ours, and while it is in force', async () => {
    const ours = { recipientName: 'Mia Member', recipientEmail: mia.member.email }
    expect(await code(() => ask(ours))).toBe('both-sides')
    expect(await code(() => ask(ADA, { dueOn: '2026-11-01' }))).toBe('past-date')
    await ask()
    expect(await code(() => ask(FIONA))).toBe('asked')
    const { approvals } = await getApprovalPage(mia.member, exceptionId)
    await takeBackApproval(mia.member, exceptionId, approvals[0]?.id ?? '')
    await revokeException(mia.member, { exceptionId, reason: 'The gateway is gone.' })
    expect(await code(() => ask())).toBe('ended')
    await freeze()
    expect(await code(() => ask())).toBe('frozen')
  })
})
