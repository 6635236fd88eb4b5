/** A report prepared in German is German in what it derives, and judges exactly as the English one does. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { printHtml } from '#app/mail/content.ts'
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { Reason } from '#app/readiness/status.ts'
import type { Statement } from '#app/report/statement.ts'
import { verifyReport } from '#app/report/verify.ts'
import { greet, languageAtTheDoor, sendCode } from '#app/services/attestation-door.server.ts'
import { sendAttestationLink } from '#app/services/attestation-links.server.ts'
import { getSignerPage } from '#app/services/attestation-page.server.ts'
import { attest, confirmAnswer } from '#app/services/attestation-visit.server.ts'
import { openDoor, tokenInOutbox } from '#app/services/demo/attest-as-officer.server.ts'
import { prepareClient } from '#app/services/demo/build-workspace.server.ts'
import { accountingAnswers, demoClients, dentalAnswers } from '#app/services/demo/clients.ts'
import { accountingFiles, dentalFiles } from '#app/services/demo/evidence.ts'
import { listOutbox } from '#app/services/mail-outbox.server.ts'
import type { Member } from '#app/services/member.ts'
import { getReadiness, toldIn } from '#app/services/readiness.server.ts'
import { signerInputs } from '#app/services/report-input.ts'
import { getReport, getReportState, openReportFile, prepareReport } from '#app/services/reports.server.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { listEditions } from '#questionnaires/library.server.ts'
import { openWorld, type World } from '../support/world.ts'

let world: World
let member: Member
let supported: string
let contradicted: string

const asked = {
  contributorTitle: 'Technikerin',
  officerName: 'Oscar Officer',
  officerTitle: 'Geschäftsführer',
  officerRole: 'chief-executive',
  officerEmail: 'oscar@client.example',
  coversFrom: '',
  certify: 'on',
} as const

beforeAll(async () => {
  world = await openWorld({ withJobs: true })
  member = (await world.signUpMember('Mia Member')).member
  const now = new Date()
  const { dental, accounting } = demoClients(now)
  const quiet = () => undefined
  supported = await prepareClient(member, dental, dentalAnswers(now), dentalFiles(now), quiet)
  contradicted = await prepareClient(member, accounting, accountingAnswers(now), accountingFiles(now), quiet)
})
afterAll(() => world?.close())

const bare = (reasons: readonly Reason[]) =>
  reasons.map(({ sentence: _sentence, remedy, ...rest }) => ({ ...rest, hasRemedy: remedy !== null }))

describe('both clients of the demonstration', () => {
  test.each(['supported', 'contradicted'])('%s: the same judgement in both languages', async (which) => {
    const { input } = await getReadiness(member, which === 'supported' ? supported : contradicted)
    // The demonstration's answers and, of every other edition, what its facts and documents say of unanswered questions.
    for (const { edition } of [{ edition: input.edition }, ...listEditions()]) {
      const english = evaluateReadiness({ ...input, edition })
      const german = evaluateReadiness(toldIn('de', { ...input, edition }))
      expect(german.blocking.map(({ questionId, why }) => [questionId, why])).toEqual(
        english.blocking.map(({ questionId, why }) => [questionId, why]),
      )
      for (const part of ['answers', 'controls'] as const) {
        expect(german[part].map(({ reasons, ...rest }) => ({ ...rest, reasons: bare(reasons) }))).toEqual(
          english[part].map(({ reasons, ...rest }) => ({ ...rest, reasons: bare(reasons) })),
        )
      }
    }
  })

  test('what blocks a German report is told on its page in English, like the page', async () => {
    const outcome = await prepareReport(member, contradicted, { ...asked, language: 'de' })
    expect(outcome.outcome).toBe('blocked')
    const { readiness } = await getReadiness(member, contradicted)
    expect(outcome).toEqual({ outcome: 'blocked', blocking: readiness.blocking })
  })
})

describe('a statement in German', () => {
  let reportId: string
  let statement: Statement
  let before: Awaited<ReturnType<typeof getReadiness>>
  beforeAll(async () => {
    before = await getReadiness(member, supported)
    const prepared = await prepareReport(member, supported, { ...asked, language: 'de' })
    if (prepared.outcome !== 'prepared') throw new Error(JSON.stringify(prepared))
    reportId = prepared.reportId
    statement = (await getReport(member, reportId)).statement
  })

  test('has German reasons, labels and answers, and the questions as they were asked', () => {
    const german = loadCatalogue('de')
    const labels = new Set(german.controls.map(({ label }) => label))
    const domains = new Set(german.domains.map(({ label }) => label))
    expect(statement.controls.length).toBeGreaterThan(10)
    for (const { label, domain } of statement.controls) {
      expect(labels).toContain(label)
      expect(domains).toContain(domain)
    }
    const reasons = [...statement.answers, ...statement.controls].flatMap((item) => item.reasons)
    expect(reasons.length).toBeGreaterThan(20)
    const recorded = new RegExp(
      ['„[^“]*“', ...new Set(statement.facts.map(({ scope }) => literally(scope.subject)))].join('|'),
      'g',
    )
    for (const { sentence, remedy } of reasons) {
      for (const text of [sentence, remedy ?? ''])
        expect(text.replaceAll(recorded, '')).not.toMatch(/\b(the|is|are|of|and|this|that|no|not)\b/i)
    }
    const plain = statement.answers.filter(
      ({ answer }) => answer?.state === 'answered' && answer.value.kind === 'yes-no',
    )
    expect(plain.length).toBeGreaterThan(5)
    for (const { shown } of plain) expect(shown).toMatch(/^(Ja|Nein|Manchmal|Nicht anwendbar)(:|$)/)
    const prompts = before.edition.sections.flatMap(({ questions }) => questions.map(({ prompt }) => prompt))
    for (const { prompt } of statement.answers) expect(prompts).toContain(prompt)
    expect(statement.edition.catalogueVersion).toBe(german.version)
  })

  test('judges as the page did', () => {
    const judged = (items: { status: string; reasons: readonly Reason[] }[]) =>
      items.map(({ status, reasons }) => [status, ...bare(reasons)])
    expect(judged(statement.answers)).toEqual(judged(before.readiness.answers))
    expect(judged(statement.controls)).toEqual(judged(before.readiness.controls))
  })

  const reach = (state: string) =>
    expect.poll(async () => (await getReportState(member, reportId)).state, { timeout: 240_000 }).toBe(state)
  const outbox = async (kind: string) => (await listOutbox(member)).find((mail) => mail.kind === kind)

  test('is attested on German pages, with German mails and refusals', async () => {
    await reach('awaiting-attestation')
    await sendAttestationLink(member, reportId, 'https://attested.example')
    const mail = await outbox('attestation-link')
    expect(mail?.subject).toBe(`Ihre Bestätigung für ${before.client.legalName}`)
    expect(mail?.content?.paragraphs.join(' ')).toContain('wartet auf Sie')
    expect(printHtml('x', mail!.content!)).toContain('<html lang="de">')
    const token = await tokenInOutbox(member)
    const closed = { token, session: null }
    expect(await languageAtTheDoor(closed)).toBe('de')
    expect((await greet(closed)).language).toBe('de')
    await expect(confirmAnswer(closed, 'x')).rejects.toThrow('Geben Sie zuerst einen Einmalcode ein')
    const key = await openDoor(member, token)
    expect((await outbox('attestation-code'))?.subject).toContain('Ihr Einmalcode für')
    await expect(sendCode(key)).rejects.toThrow('Ein Code ist unterwegs. Warten Sie 30 Sekunden')
    const page = await getSignerPage(key)
    expect(page.language).toBe('de')
    expect(page.consent).toMatch(/^Mir wurde einzeln jede Antwort gezeigt/)
    const officer = { address: '203.0.113.7', userAgent: 'a phone' }
    const other = { typedName: 'Anna Anders', attest: 'on' } as const
    await expect(attest(key, other, officer, null)).rejects.toThrow(
      'Geben Sie Ihren vollständigen Namen ein, wie er im Bericht steht: Oscar Officer.',
    )
    for (const { questionId } of page.steps) await confirmAnswer(key, questionId)
    await attest(key, { typedName: 'Oscar Officer', attest: 'on' }, officer, null)
    await reach('signed')
    // The record keeps what was on the page.
    const record = JSON.parse((await getReport(member, reportId)).report.attestationRecord ?? '{}')
    expect(record).toMatchObject({
      language: 'de',
      consent: page.consent,
      declaration: before.edition.declaration.text,
    })
    expect((await outbox('attestation-done'))?.content?.paragraphs[0]).toMatch(
      /^Am .* UTC haben Sie die Antworten/,
    )
    await expect(sendCode(closed)).rejects.toThrow('Dieser Link wurde benutzt.')
  })

  test('and the file and its twins verify', async () => {
    const { stream } = await openReportFile(member, reportId)
    const chunks: Uint8Array[] = []
    for await (const chunk of stream) chunks.push(chunk as Uint8Array)
    const result = await verifyReport(Buffer.concat(chunks))
    expect(result.ok).toBe(true)
    expect((await getReport(member, reportId)).twins.sort()).toEqual(['detached', 'envelope', 'oscal'])
  })
})

test.each([
  [
    'attest',
    { typedName: 'O', attest: '' },
    ['Geben Sie Ihren vollständigen Namen ein', 'Bestätigen Sie die Erklärung'],
  ],
  ['decline', { reason: 'nein' }, ['Sagen Sie in einem Satz, was nicht stimmt']],
  ['code', { code: '12 34' }, ['Geben Sie die sechs Ziffern aus der E-Mail ein']],
] as const)('what is wrong with the officer’s “%s” is said in German', (which, input, messages) => {
  const { error } = signerInputs('de')[which].safeParse(input)
  for (const message of messages)
    expect(error?.issues.map((issue) => issue.message).join(' ')).toContain(message)
})

const literally = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
