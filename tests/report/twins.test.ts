import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Ajv } from 'ajv'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { beforeAll, describe, expect, test } from 'vitest'
import { renderReport } from '#app/report/render.server.ts'
import { signEnvelope } from '#app/report/sign-envelope.server.ts'
import type { Statement } from '#app/report/statement.ts'
import type { AttachedTexts } from '#app/report/twins/attachments.ts'
import { type Envelope, preAuthentication } from '#app/report/twins/envelope.ts'
import { assessmentResults } from '#app/report/twins/oscal.ts'
import { line, plainText, token } from '#app/report/twins/oscal-text.ts'
import { buildPredicateSchema, PREDICATE_SCHEMA_PATH } from '#app/report/twins/predicate-schema.ts'
import { inTotoStatement } from '#app/report/twins/readiness-predicate.ts'
import { URL_NAMESPACE, uuidOf } from '#app/report/twins/uuid.ts'
import { type Verification, verifyReport } from '#app/report/verify.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { exampleStatement, uuid } from './example-statement.ts'
import { extremeStatement } from './extreme-statement.ts'
import { fiveSigners } from './five-signers.ts'
import { type Authority, makeAuthority, makeReportWithEnvelope, SIGNED_AT } from './signed-report.ts'

/** Line breaks, markup, control characters, empty texts and ids that are no names, wherever a text is free. */
function hostileStatement(): Statement {
  const statement = extremeStatement()
  const texts = [
    '',
    ' \n\t ',
    '# *x* <script>alert(1)</script>\r\n\r\n- 1. [a](b) {{ insert: c }}',
    '\u0000\u2028',
    '"\\',
    '🙈',
  ]
  let next = 0
  const text = () => texts[next++ % texts.length] as string
  statement.client.legalName = text()
  statement.client.domains = texts
  statement.edition.issuer = text()
  for (const answer of statement.answers)
    Object.assign(answer, { prompt: text(), shown: text(), item: text() })
  for (const control of statement.controls)
    Object.assign(control, { id: `${control.id}${text()}`, label: text() })
  for (const item of statement.evidence)
    Object.assign(item, { fileName: text(), title: text(), collector: text() })
  for (const fact of statement.facts) Object.assign(fact, { note: text() })
  for (const signer of statement.signers) Object.assign(signer, { email: text(), declaration: text() })
  return statement
}

const bareStatement = (): Statement => ({
  ...exampleStatement(),
  ...{ answers: [], controls: [], facts: [], evidence: [], scans: [], exceptions: [], gaps: [] },
})

/** As a German report says it: what readiness and the catalogue give, and an answer's own words. */
function germanStatement(): Statement {
  const { answers, controls, ...rest } = exampleStatement()
  const told = (reasons: Statement['answers'][number]['reasons']) =>
    reasons.map((reason) => ({
      ...reason,
      sentence: `Kein gültiger Nachweis zeigt „${reason.ruleId}“ für Größe und Maß.`,
      remedy: reason.remedy && 'Fügen Sie einen gültigen Nachweis bei.',
    }))
  return {
    ...rest,
    language: 'de',
    answers: answers.map((answer) => ({ ...answer, shown: 'Ja', reasons: told(answer.reasons) })),
    controls: controls.map((control) => ({
      ...control,
      label: `Maßnahme ${control.id}`,
      domain: `Bereich ${control.domain}`,
      reasons: told(control.reasons),
    })),
  }
}

const STATEMENTS: [string, () => Statement][] = [
  ['the example', exampleStatement],
  ['in German', germanStatement],
  ['300 questions', extremeStatement],
  ['hostile texts', hostileStatement],
  ['nothing but names', bareStatement],
  ['five signers', fiveSigners],
]

const SCHEMA = fileURLToPath(
  new URL('../../../shared/schemas/oscal/oscal_assessment-results_schema.json', import.meta.url),
)
if (!existsSync(SCHEMA))
  console.warn(
    'NIST’s schema is not beside this checkout (../shared/schemas): OSCAL is only checked for its structure.',
  )

const read = (statement: Statement) => JSON.parse(assessmentResults(statement))['assessment-results']

describe('OSCAL', () => {
  test.skipIf(!existsSync(SCHEMA)).each(STATEMENTS)('fits NIST’s schema: %s', (_, make) => {
    // The formats that are not checked have patterns in this schema.
    const ajv = new Ajv({ strict: false, validateFormats: false, allErrors: true })
    const fits = ajv.compile(JSON.parse(readFileSync(SCHEMA, 'utf8')))
    fits(JSON.parse(assessmentResults(make())))
    expect(fits.errors ?? []).toEqual([])
  })

  test.each(STATEMENTS)('refers only to what it holds, each under an id of its own: %s', (_, make) => {
    const document = read(make())
    const ids = new Set<string>()
    const references: string[] = []
    const visit = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return
      for (const [key, value] of Object.entries(node)) {
        if (Array.isArray(node) || typeof value === 'object') visit(value)
        if (key === 'uuid') {
          expect(ids).not.toContain(value)
          ids.add(value)
        } else if (key.endsWith('-uuid')) references.push(value)
        else if (key.endsWith('-uuids')) references.push(...value)
        else if (key === 'href' && value.startsWith('#')) references.push(value.slice(1))
      }
    }
    visit(document)
    expect(references.filter((reference) => !ids.has(reference))).toEqual([])
    for (const id of ids)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  })

  test('has the same parts and references in another language: none of them rests on words', () => {
    const partsOf = (statement: Statement) => {
      const numbers = new Map<string, number>()
      const numbered = (text: string) =>
        text.replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f-]{21}/g, (id) => {
          if (!numbers.has(id)) numbers.set(id, numbers.size)
          return `id ${numbers.get(id)}`
        })
      const shape = (node: unknown): unknown => {
        if (typeof node === 'string') return /[0-9a-f]{8}-/.test(node) ? numbered(node) : 'text'
        if (Array.isArray(node)) return node.map(shape)
        if (typeof node !== 'object' || node === null) return node
        return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shape(value)]))
      }
      return shape(read(statement))
    }
    // German is named by a property more; English is what nothing names.
    expect(partsOf(germanStatement())).toEqual(partsOf({ ...exampleStatement(), language: 'de' }))
    expect(assessmentResults(germanStatement())).toContain('Maßnahme ')
  })

  test('the same statement gives the same bytes, another one other ids', () => {
    expect(assessmentResults(exampleStatement())).toBe(assessmentResults(exampleStatement()))
    const other = { ...exampleStatement(), reportId: uuid(99) }
    expect(read(other).uuid).not.toBe(read(exampleStatement()).uuid)
    expect(read(other).metadata.parties[0].uuid).toBe(read(exampleStatement()).metadata.parties[0].uuid)
  })

  test('says of each control what the statement says, and never more', () => {
    const statement = exampleStatement()
    const [result] = read(statement).results
    const states = Object.fromEntries(
      result.findings.map(
        (finding: { target: { 'target-id': string; status: { state: string; reason: string } } }) => [
          finding.target['target-id'],
          `${finding.target.status.state} ${finding.target.status.reason}`,
        ],
      ),
    )
    for (const { id, status } of statement.controls) {
      const expected = {
        met: 'satisfied pass',
        partly: 'not-satisfied fail',
        unmet: 'not-satisfied fail',
        unknown: 'not-satisfied other',
        'not-applicable': 'satisfied other',
      }[status]
      expect([id, states[id]]).toEqual([id, expected])
    }
    const [accepted, gap] = result.risks
    expect(accepted).toMatchObject({ status: 'deviation-approved', 'mitigating-factors': [{}] })
    expect(accepted.deadline).toBe(`${statement.exceptions[0]?.expiresOn}T23:59:59.000Z`)
    expect(gap).toMatchObject({ status: 'investigating', deadline: '2026-04-10T23:59:59.000Z' })
    const hashes = JSON.stringify(read(statement)['back-matter'])
    for (const { sha256 } of statement.evidence) expect(hashes).toContain(sha256)
  })

  test('texts stay words: no markup, no line break, no two names made one', () => {
    expect(line('1. <b>*x*</b>\nB')).toBe('1\\. \\<b\\>\\*x\\*\\</b\\> B')
    expect(plainText(' \u2028\u0000 ')).toBe('—')
    expect(token('mfa-email')).toBe('mfa-email')
    expect(token('a b')).not.toBe(token('a  b'))
  })

  // RFC 9562, appendix A.4.
  test('ids are those of RFC 9562', () => {
    const dns = URL_NAMESPACE.replace('6ba7b811', '6ba7b810')
    expect(uuidOf(dns, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2')
  })
})

describe('the in-toto statement', () => {
  const published = readFileSync(
    fileURLToPath(new URL(`../../public/${PREDICATE_SCHEMA_PATH}`, import.meta.url)),
    'utf8',
  )

  test('has the published schema; else run npx tsx app/report/twins/write-schema.ts', () => {
    expect(JSON.parse(published)).toEqual(JSON.parse(JSON.stringify(buildPredicateSchema())))
  })

  test.each(STATEMENTS)('fits that schema, and another one does not: %s', (_, make) => {
    // Formats have patterns as well.
    const ajv = new Ajv2020({ strict: true, strictTypes: false, validateFormats: false })
    const fits = ajv.compile(JSON.parse(published))
    const { predicate, subject } = inTotoStatement(make(), { role: 'insured-officer', at: SIGNED_AT })
    fits(JSON.parse(JSON.stringify(predicate)))
    expect(fits.errors ?? []).toEqual([])
    expect(fits({ ...predicate, more: 1 })).toBe(false)
    expect(fits({ ...predicate, controls: [{ id: 'x', status: 'fine', cis: [], csf: [] }] })).toBe(false)
    expect(new Set(subject.map(({ name }) => name)).size).toBe(subject.length)
  })

  // The specification's own example.
  test('is signed over DSSE’s encoding, sizes in bytes', () => {
    expect(preAuthentication('http://example.com/HelloWorld', 'hello world')).toBe(
      'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
    )
    expect(preAuthentication('t', 'é')).toBe('DSSEv1 1 t 2 é')
  })
})

describe('the verifier', () => {
  let authority: Authority
  let rendered: Uint8Array
  let report: { pdf: Uint8Array; envelope: string }
  beforeAll(async () => {
    authority = await makeAuthority()
    rendered = await renderReport(exampleStatement())
    report = await makeReportWithEnvelope({ authority, rendered })
  }, 600_000)

  const failed = ({ checks }: Verification) => checks.filter(({ ok }) => !ok).map(({ id }) => id)
  const detailOf = ({ checks }: Verification, wanted: string) =>
    checks.find(({ id }) => id === wanted)?.detail ?? ''
  const withAttached = async (
    attach: (
      genuine: AttachedTexts,
      identity: Parameters<typeof signEnvelope>[1],
    ) => AttachedTexts | Promise<AttachedTexts>,
  ) => verifyReport((await makeReportWithEnvelope({ authority, rendered, attach })).pdf)
  const withEnvelope = (change: (envelope: Envelope) => void) =>
    withAttached((genuine) => {
      const envelope = JSON.parse(genuine.envelope) as Envelope
      change(envelope)
      return { ...genuine, envelope: JSON.stringify(envelope) }
    })

  test('accepts a report with its twins, and the envelope beside it', async () => {
    const verification = await verifyReport(report.pdf, { detachedEnvelope: report.envelope })
    expect(failed(verification)).toEqual([])
    expect(detailOf(verification, 'detached')).toContain(sha256Hex(report.pdf))
  })

  test.each(STATEMENTS.slice(1))(
    'accepts the twins of every statement that agrees with itself: %s',
    async (_, make) => {
      const statement = make()
      const own = await makeAuthority(statement)
      const { pdf, envelope } = await makeReportWithEnvelope({ authority: own, rendered, statement })
      const verification = await verifyReport(pdf, { detachedEnvelope: envelope })
      for (const id of ['attachment', 'oscal', 'envelope', 'detached'])
        expect([id, detailOf(verification, id), failed(verification).includes(id as never)]).toEqual([
          id,
          expect.any(String),
          false,
        ])
    },
  )

  test('an OSCAL file that says something else fails, though the signer attached it', async () => {
    const verification = await withAttached((genuine) => ({
      ...genuine,
      oscal: genuine.oscal.replace('"not-satisfied"', '"satisfied"'),
    }))
    expect(failed(verification)).toEqual(['oscal'])
  })

  test('twins of another statement fail', async () => {
    const other = { ...exampleStatement(), reportId: uuid(99) }
    const verification = await withAttached(async (_, identity) => ({
      ...(await import('#app/report/twins/attachments.ts')).attachedTexts(
        other,
        await signEnvelope(other, identity, { role: 'technical-contributor', at: SIGNED_AT }),
      ),
      statement: (await import('#app/report/statement.ts')).canonicalStatement(exampleStatement()),
    }))
    expect(failed(verification)).toEqual(['oscal', 'envelope'])
    expect(detailOf(verification, 'envelope')).toMatch(/names other files.*says something else/)
  })

  test.each<[string, (envelope: Envelope) => void, RegExp]>([
    [
      'another type of payload',
      (e) => void Object.assign(e, { payloadType: 'application/json' }),
      /of the type application\/json.*does not fit the key/,
    ],
    [
      'an edited payload',
      (e) => {
        const said = Buffer.from(e.payload, 'base64').toString().replace('Brightwater', 'Darkwater')
        e.payload = Buffer.from(said).toString('base64')
      },
      /does not fit the key.*something else/,
    ],
    [
      'a payload that is no text',
      (e) => void Object.assign(e, { payload: '/w==' }),
      /payload cannot be read/,
    ],
    [
      'another signature value',
      (e) => {
        const signature = e.signatures[0]
        if (signature) signature.sig = `${signature.sig.slice(0, 20)}AAAA${signature.sig.slice(24)}`
      },
      /does not fit the key/,
    ],
    ['no signature', (e) => void e.signatures.pop(), /no DSSE envelope/],
    ['two signatures', (e) => void e.signatures.push(...e.signatures), /no DSSE envelope/],
    [
      'another key id',
      (e) => void Object.assign(e.signatures[0] ?? {}, { keyid: '0'.repeat(64) }),
      /other certificates/,
    ],
    [
      'another certificate',
      (e) => void e.signatures[0]?.extension.ext.certificates.reverse(),
      /other certificates/,
    ],
    ['one member more', (e) => void Object.assign(e, { more: 1 }), /no DSSE envelope/],
  ])('an envelope with %s fails', async (_, change, reason) => {
    const verification = await withEnvelope(change)
    expect(failed(verification)).toEqual(['envelope'])
    expect(detailOf(verification, 'envelope')).toMatch(reason)
  })

  test('an envelope in another form fails, though every value is right', async () => {
    const verification = await withAttached((genuine) => ({ ...genuine, envelope: `${genuine.envelope}\n` }))
    expect(detailOf(verification, 'envelope')).toContain('one form')
  })

  test('an envelope by the other signer, or of another time, fails', async () => {
    const byOther = await withAttached(async (genuine, identity) => ({
      ...genuine,
      envelope: await signEnvelope(exampleStatement(), identity, { role: 'insured-officer', at: SIGNED_AT }),
    }))
    expect(failed(byOther)).toEqual(['envelope'])
    const earlier = await withAttached(async (genuine, identity) => ({
      ...genuine,
      envelope: await signEnvelope(exampleStatement(), identity, {
        role: 'technical-contributor',
        at: new Date(0),
      }),
    }))
    expect(failed(earlier)).toEqual(['envelope'])
  })

  test('the envelope beside another report, of the first signature, or damaged, fails', async () => {
    const other = await makeReportWithEnvelope({ authority, rendered })
    const foreign = await verifyReport(report.pdf, { detachedEnvelope: other.envelope })
    expect(failed(foreign)).toEqual(['detached'])
    expect(detailOf(foreign, 'detached')).toMatch(/other certificates.*names other files/)
    expect(failed(await verifyReport(report.pdf, { detachedEnvelope: '{}' }))).toEqual(['detached'])
    expect(failed(await verifyReport(report.pdf, { detachedEnvelope: '' }))).toEqual(['detached'])
  })
})
