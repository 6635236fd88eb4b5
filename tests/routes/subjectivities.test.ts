import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { loader as tabLoader } from '#app/routes/application-subjectivities.tsx'
import { action as bindingAction } from '#app/routes/binding-edit.tsx'
import { loader as allLoader } from '#app/routes/subjectivities.tsx'
import { loader as allExport } from '#app/routes/subjectivities-export.ts'
import { action as replyAction } from '#app/routes/subjectivity.tsx'
import { loader as exportLoader } from '#app/routes/subjectivity-export.ts'
import { action as newAction } from '#app/routes/subjectivity-new.tsx'
import { loader as responseLoader } from '#app/routes/subjectivity-response.tsx'
import { loader as fileLoader } from '#app/routes/subjectivity-response-file.ts'
import { startApplication } from '#app/services/applications.server.ts'
import { createClient } from '#app/services/clients.server.ts'
import { demoClients } from '#app/services/demo/clients.ts'
import type { Member } from '#app/services/member.ts'
import { getSubjectivity, recordSubjectivity } from '#app/services/subjectivities.server.ts'
import { answerSubjectivity } from '#app/services/subjectivity-replies.server.ts'
import {
  condition,
  dayIn,
  response,
  typedBinder,
  typedCondition,
  typedDecision,
} from '../services/subjectivity-world.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let mia: Member
let cookie: string
let applicationId: string

beforeAll(async () => {
  world = await openWorld()
  const signedUp = await world.signUpMember('Mia Member')
  mia = signedUp.member
  cookie = signedUp.cookie
  const clientId = await createClient(mia, demoClients(new Date()).dental)
  applicationId = await startApplication(mia, clientId, { formCode: 'core-cyber', edition: '1' })
})
afterAll(() => world?.close())

type Call = (args: never) => Promise<unknown>

async function call(
  handler: Call,
  params: Record<string, string>,
  search = '',
  fields?: Record<string, string>,
) {
  const request = new Request(`http://attested.test/x${search}`, {
    headers: { cookie },
    ...(fields ? { method: 'POST', body: new URLSearchParams(fields) } : {}),
  })
  return handler({ request, params, context: {} } as never)
}
const post = (handler: Call, params: Record<string, string>, fields: Record<string, string>) =>
  call(handler, params, '', fields) as Promise<{ data?: Record<string, unknown>; init?: { status?: number } }>
const textOf = async (reply: unknown) => (reply as Response).text()

describe('a form that is wrong', () => {
  test('comes back with its field and everything that was typed', async () => {
    const fields = typedCondition({ condition: 'MFA', source: 'Quote 7' }) as Record<string, string>
    const { data, init } = await post(newAction, { applicationId }, fields)
    expect(init?.status).toBe(400)
    expect(data).toMatchObject({
      fieldErrors: { condition: expect.stringContaining('insurer') },
      typed: { condition: 'MFA', source: 'Quote 7' },
    })
  })

  test('of a bind is refused over an open condition in a sentence that names it', async () => {
    await recordSubjectivity(mia, applicationId, condition({ reference: '3a', dueOn: dayIn(4) }))
    const quote = { insurer: 'Harbor Mutual', quoteReference: 'Q-4711', quotedOn: '', seenVersion: '0' }
    await post(bindingAction, { applicationId }, { intent: 'quote', ...quote })
    const bind = { intent: 'bind', ...(typedBinder() as Record<string, string>), seenVersion: '1' }
    const { data, init } = await post(bindingAction, { applicationId }, bind)
    expect(init?.status).toBe(409)
    expect(data).toMatchObject({ refusal: { message: expect.stringContaining('3a: Close RDP') } })
  })

  test('of a decision on what changed since keeps what was typed', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition({ reference: '=4' }))
    await answerSubjectivity(mia, id, response('RDP was closed on the firewall today.'))
    const fields = { intent: 'decide', ...(typedDecision() as Record<string, string>) }
    const old = await post(replyAction, { subjectivityId: id }, { ...fields, seenVersion: '1' })
    // A plain reply with status 200: only then the page loads the version anew that it sends next.
    expect(old).toMatchObject({
      outcome: 'conflict',
      form: 'decide',
      typed: { decidedBy: 'Uma Underwriter' },
    })
    expect(old).not.toHaveProperty('init')
    const none = await post(replyAction, { subjectivityId: id }, { ...fields, seenVersion: 'x' })
    expect(none).toMatchObject({ init: { status: 400 }, data: { fieldErrors: { form: expect.any(String) } } })
    expect((await getSubjectivity(mia, id)).condition.decisions).toEqual([])
  })

  test('of one text for two conditions asks once whether it is meant', async () => {
    const id = await recordSubjectivity(mia, applicationId, condition({ reference: '5' }))
    const fields = { intent: 'answer', answer: 'RDP was closed on the firewall today.' }
    const asked = await post(replyAction, { subjectivityId: id }, fields)
    expect(asked).toMatchObject({ outcome: 'same-text', alike: [expect.stringContaining('=4')] })
    const meant = await post(replyAction, { subjectivityId: id }, { ...fields, sameText: 'on' })
    expect(meant).toMatchObject({ outcome: 'saved' })
  })
})

describe('lists and documents', () => {
  test('the tab shows each condition without its answers, the next due first', async () => {
    const page = (await call(tabLoader, { applicationId })) as Awaited<ReturnType<typeof tabLoader>>
    expect(page.conditions.map(({ reference }) => reference)).toEqual(['3a', '=4', '5'])
    expect(page.conditions[0]).not.toHaveProperty('responses')
    expect(page.binder).toEqual({ kind: 'held', open: 3 })
  })

  test('the portfolio counts by state and takes no state that it does not know', async () => {
    const page = (await call(allLoader, {}, '?state=nonsense')) as Awaited<ReturnType<typeof allLoader>>
    expect(page.state).toBe('due')
    const submitted = (await call(allLoader, {}, '?state=submitted')) as typeof page
    expect(submitted.rows.map(({ condition: { reference } }) => reference).sort()).toEqual(['5', '=4'])
    expect(submitted.counts.find(({ view }) => view === 'all')?.count).toBe(3)
  })

  test('tables for a spreadsheet execute nothing', async () => {
    const table = await textOf(await call(exportLoader, { applicationId }))
    expect(table.split('\r\n')[0]).toContain('Condition,Source,To be met')
    expect(table).toContain("'=4,Close RDP")
    const all = await textOf(await call(allExport, {}, '?state=open'))
    expect(all.split('\r\n').filter(Boolean)).toHaveLength(2)
  })

  test('the response answers line by line, in the order of the quote, and says where one text is used twice', async () => {
    const { account, alike } = (await call(responseLoader, { applicationId })) as Awaited<
      ReturnType<typeof responseLoader>
    >
    expect(
      account.conditions.map(({ number, reference, response: said }) => [number, reference, said?.answer]),
    ).toEqual([
      [1, '3a', undefined],
      [2, '=4', 'RDP was closed on the firewall today.'],
      [3, '5', 'RDP was closed on the firewall today.'],
    ])
    expect(alike).toHaveLength(2)
  })

  test('the response is a PDF, drawn off the request thread', async () => {
    const reply = (await call(fileLoader, { applicationId })) as Response
    expect(reply.headers.get('content-type')).toBe('application/pdf')
    const bytes = Buffer.from(await reply.arrayBuffer())
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-')
    expect(Number(reply.headers.get('content-length'))).toBe(bytes.length)
  }, 120_000)
})
