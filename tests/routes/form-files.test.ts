import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { action as applicationFiles, loader as listFiles } from '#app/routes/application-files.tsx'
import { loader as applicationWorkbook } from '#app/routes/application-workbook.ts'
import { action as documents } from '#app/routes/documents.tsx'
import { loader as editionFile } from '#app/routes/edition-file.ts'
import { action as newQuestionnaire } from '#app/routes/questionnaire-new.tsx'
import { loader as template } from '#app/routes/questionnaire-template.ts'
import { action as settleWorkbook, loader as workbook } from '#app/routes/workbook.tsx'
import { getApplication, startApplication } from '#app/services/applications.server.ts'
import { getDefinitionDraft } from '#app/services/definitions.server.ts'
import { parseDefinition } from '#questionnaires/validate-definition.ts'
import { editWorkbook } from '../documents/edited-workbook.ts'
import { ownForm } from '../services/own-form.ts'
import { openWorld, type World } from '../support/world.ts'
import {
  makeClient,
  multipart,
  type Part,
  type Reply,
  replyOf,
  routeArgs,
  streamOf,
} from './evidence-calls.ts'
import { get, locationOf, post } from './form-calls.ts'

let world: World
let ana: Awaited<ReturnType<World['signUpMember']>>
let stranger: typeof ana
let applicationId: string

beforeAll(async () => {
  world = await openWorld()
  ana = await world.signUpMember('Ana Author')
  stranger = await world.signUpMember('Sam Stranger')
  const clientId = await makeClient(ana)
  applicationId = await startApplication(ana.member, clientId, { formCode: 'mfa-attestation', edition: '3' })
})
afterAll(() => world?.close())

type Handler = (args: never) => Promise<unknown>

function send(
  handler: Handler,
  file: Part,
  options: { params?: Record<string, string>; who?: typeof ana } = {},
) {
  const { body } = streamOf([file])
  return replyOf(handler(routeArgs('/upload', options.params ?? {}, options.who ?? ana, multipart(body))))
}

const fileOf = (fileName: string, content: string | Uint8Array): Part => ({ fileName, content })
const refusedFor = ({ status, body }: Reply) => [status, body.refusal?.code]

async function bytesOf({ response }: Reply): Promise<Buffer> {
  return Buffer.from((await response?.arrayBuffer()) ?? new ArrayBuffer(0))
}

describe('a questionnaire that is uploaded', () => {
  test('becomes a draft, and so does one that is wrong, with its problems in place', async () => {
    for (const [text, isRight] of [
      [ownForm('1'), true],
      [JSON.stringify({ schema: 1, form: 5 }), false],
      ['schema: [1, 2', false],
      ['', false],
    ] as const) {
      const reply = await send(newQuestionnaire, fileOf('form.yaml', text))
      const draftId = locationOf(reply)?.split('/').at(-1) ?? ''
      const { checked } = await getDefinitionDraft(ana.member, draftId)
      expect(checked.ok).toBe(isRight)
      if (!checked.ok) expect(checked.problems[0]).toMatchObject({ line: expect.any(Number) })
    }
  })

  test.each<[string, Uint8Array, string]>([
    ['an image', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0xff, 0xfe]), 'not-text'],
    ['a ZIP archive cut off', Uint8Array.from([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]), 'damaged'],
    ['a file of 11 MB', new Uint8Array(11 * 1024 * 1024).fill(0x20), 'too-large'],
  ])('is refused when it is %s', async (_, bytes, code) => {
    const reply = await send(newQuestionnaire, fileOf('form.xlsx', bytes))
    expect(refusedFor(reply)[1]).toBe(code)
  })

  test('starts from a template that can be sent back as it is', async () => {
    const reply = await get(template, '/questionnaires/template', { cookie: ana.cookie })
    const sent = await send(newQuestionnaire, fileOf('template.xlsx', await bytesOf(reply)))
    expect(locationOf(sent)).toMatch(/^\/questionnaires\/drafts\//)
  })

  test('can be taken along as YAML and as a spreadsheet', async () => {
    const params = { formCode: 'mfa-attestation', edition: '3' }
    const path = '/questionnaires/mfa-attestation/3/file'
    const yaml = await get(editionFile, path, { cookie: ana.cookie, params })
    expect(parseDefinition((await bytesOf(yaml)).toString(), 'form.yaml')).toMatchObject({ ok: true })
    const sheet = await get(editionFile, `${path}?as=xlsx`, { cookie: ana.cookie, params })
    expect((await bytesOf(sheet)).subarray(0, 2).toString()).toBe('PK')
  })
})

describe('a workbook', () => {
  const exported = async () =>
    bytesOf(await get(applicationWorkbook, '/workbook', { cookie: ana.cookie, params: { applicationId } }))

  /** The workbook with "Yes" chosen for a question. */
  async function answered(questionId: string): Promise<Uint8Array> {
    const path = join(world.dataDir, 'filled.xlsx')
    writeFileSync(path, await exported())
    await editWorkbook(path, ({ cell }) => {
      cell(questionId).value = 'Yes'
    })
    return readFileSync(path)
  }

  const bringBack = (content: Uint8Array, who = ana, to = applicationId) =>
    send(applicationFiles, fileOf('filled.xlsx', content), { params: { applicationId: to }, who })

  const look = async (reply: Reply, who = ana) => {
    const workbookId = locationOf(reply)?.split('/').at(-1) ?? ''
    return {
      workbookId,
      page: await get(workbook, `/workbooks/${workbookId}`, { cookie: who.cookie, params: { workbookId } }),
    }
  }

  test('that comes back as it went out changes nothing', async () => {
    const { page } = await look(await bringBack(await exported()))
    expect(page.body).toMatchObject({ changes: [], problems: [] })
  })

  test('shows first what it changes, and is taken over only once', async () => {
    const { workbookId, page } = await look(await bringBack(await answered('mfa-email')))
    expect(page.body.changes).toMatchObject([{ questionId: 'mfa-email', seenVersion: 0 }])
    expect((await getApplication(ana.member, applicationId)).answers).toEqual({})

    const options = { cookie: ana.cookie, params: { workbookId } }
    const path = `/workbooks/${workbookId}`
    const take = { intent: 'apply', take: 'mfa-email 0' }
    expect(locationOf(await post(settleWorkbook, path, take, options))).toBe(
      `/applications/${applicationId}/sections`,
    )
    expect((await getApplication(ana.member, applicationId)).answers).toMatchObject({
      'mfa-email': { value: { kind: 'yes-no', choice: 'yes' } },
    })
    expect(refusedFor(await post(settleWorkbook, path, take, options))).toEqual([409, 'settled'])
    expect(refusedFor(await post(settleWorkbook, path, { intent: 'burn' }, options))).toEqual([400, 'intent'])
    const listed = await get(listFiles, '/files', { cookie: ana.cookie, params: { applicationId } })
    expect(listed.body.workbooks.map(({ state }: { state: string }) => state).sort()).toEqual([
      'applied',
      'read',
    ])
  })

  test('that was overtaken by another answer takes over nothing', async () => {
    const { workbookId } = await look(await bringBack(await answered('mfa-remote')))
    const options = { cookie: ana.cookie, params: { workbookId } }
    const reply = await post(settleWorkbook, '/', { intent: 'apply', take: 'mfa-remote 7' }, options)
    expect(refusedFor(reply)).toEqual([409, 'answer-changed'])
    expect(Object.keys((await getApplication(ana.member, applicationId)).answers)).toEqual(['mfa-email'])
    expect(locationOf(await post(settleWorkbook, '/', { intent: 'discard' }, options))).toBe(
      `/applications/${applicationId}/files`,
    )
  })

  test('of another application, cut off, or of another kind is refused, and a stranger’s has no place', async () => {
    const bytes = await exported()
    const other = await startApplication(ana.member, await makeClient(ana), {
      formCode: 'mfa-attestation',
      edition: '3',
    })
    expect(refusedFor(await bringBack(bytes, ana, other))).toEqual([400, 'other-application'])
    expect(refusedFor(await bringBack(bytes.subarray(0, bytes.length / 2)))[0]).toBe(400)
    expect(refusedFor(await bringBack(Buffer.from('%PDF-1.7\n')))).toEqual([400, 'not-a-workbook'])
    expect((await bringBack(bytes, stranger)).status).toBe(404)
    const { workbookId } = await look(await bringBack(bytes))
    const options = { cookie: stranger.cookie, params: { workbookId } }
    expect((await get(workbook, '/', options)).status).toBe(404)
    expect((await post(settleWorkbook, '/', { intent: 'discard' }, options)).status).toBe(404)
  })
})

describe('an insurer’s own form', () => {
  test.each<[string, Uint8Array]>([
    ['no PDF at all', Buffer.from('not a form')],
    ['a PDF cut off', Buffer.from('%PDF-1.7\n1 0 obj\n<< /Type /Catalog')],
    ['nothing', new Uint8Array()],
  ])('that is %s is refused with a sentence', async (_, bytes) => {
    const reply = await send(documents, fileOf('form.pdf', bytes))
    expect(reply.status).toBe(400)
    expect(reply.body.refusal.message).toMatch(/\w.*\.$/)
  })
})
