/**
 * Attacks on signed PDFs as published, each on a genuine report: incremental saving, signature wrapping and universal
 * forgery (Mladenov et al., CCS 2019), shadow attacks (Mainka et al., NDSS 2021), and the evil annotation and sneaky
 * signature on certified documents (Rohlmann et al., S&P 2021); and what somebody could exchange besides.
 */
import { issueSigner } from '#app/report/keys.server.ts'
import { renderReport } from '#app/report/render.server.ts'
import { makeRevocationList } from '#app/report/revocation.server.ts'
import type { CheckId } from '#app/report/verify/results.ts'
import { readRevisions } from '#app/report/verify/revisions.ts'
import type { VerifyOptions } from '#app/report/verify.ts'
import { sha256Hex } from '#evidence/canonical.ts'
import { exampleStatement, uuid } from './example-statement.ts'
import { forgeSecondRevision } from './forged-revision.ts'
import { makeAuthority, makeReportWithEnvelope, makeSignedReport, SIGNED_AT } from './signed-report.ts'

export interface Attack {
  name: string
  pdf: Uint8Array
  /** What the verifier is given besides. */
  options?: Pick<
    VerifyOptions,
    'trustedAuthorityPem' | 'revocationList' | 'detachedEnvelope' | 'evidenceFiles'
  >
  /** The check that must fail, and a part of the reason it must give. */
  check: CheckId
  reason: RegExp
}

/** What stands in an evidence file that somebody put in the place of another. */
export const EXCHANGED = 'not the scan that was examined'

const ADDED = /has 4 revisions.*Something was added after it was signed/

const bytesOf = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'))
const textOf = (pdf: Uint8Array) => Buffer.from(pdf).toString('latin1')

/** The genuine report and the attacks on it. */
export async function makeAttacks(): Promise<{ genuine: Uint8Array; attacks: Attack[] }> {
  const statement = exampleStatement()
  const authority = await makeAuthority(statement)
  const rendered = await renderReport(statement)
  const { pdf: signed, envelope } = await makeReportWithEnvelope({ authority, rendered })
  const certified = await makeSignedReport({ authority, rendered, signatures: 1 })
  const text = textOf(signed)

  const objects = readRevisions(signed).flatMap(({ objects }) => [...objects.values()])
  const find = (part: string, without?: string) => {
    const found = objects
      .map(({ number, start, end }) => ({ number, start, text: text.slice(start, end) }))
      .findLast((object) => object.text.includes(part) && !(without && object.text.includes(without)))
    if (!found) throw new Error(`No object holds ${part}`)
    const body = found.text.replace(/^\d+ 0 obj\n/, '').replace(/\n?endobj$/, '')
    return { ...found, body }
  }
  const last = readRevisions(signed).at(-1)?.trailer
  const trailerNumber = (key: string): number => {
    const value = last?.get(key)
    if (value?.type === 'number') return value.value
    if (value?.type === 'reference') return value.number
    throw new Error(`The trailer has no /${key}`)
  }
  const size = trailerNumber('Size')

  /** A well-made incremental update; `moved` lets an object number point at bytes that are already there. */
  function append(
    added: Record<number, string>,
    { moved = {}, freed = [] as number[], table = true, before = text } = {},
  ): Uint8Array {
    let update = ''
    const entries: [number, string][] = freed.map((number) => [number, '0000000000 00001 f\r\n'])
    for (const [number, body] of Object.entries(added)) {
      entries.push([Number(number), `${String(before.length + update.length).padStart(10, '0')} 00000 n\r\n`])
      update += `${number} 0 obj\n${body}\nendobj\n`
    }
    for (const [number, offset] of Object.entries(moved)) {
      entries.push([Number(number), `${String(offset).padStart(10, '0')} 00000 n\r\n`])
    }
    entries.sort(([a], [b]) => a - b)
    const previous = /startxref\n(\d+)\n%%EOF\n$/.exec(before)?.[1]
    const at = before.length + update.length
    const listed = entries.map(([number, entry]) => `${number} 1\n${entry}`).join('')
    const most = Math.max(size, ...Object.keys(added).map((number) => Number(number) + 1))
    if (table)
      update += `xref\n${listed}trailer\n<<\n/Size ${most}\n/Root ${trailerNumber('Root')} 0 R\n/Prev ${previous}\n/Info ${trailerNumber('Info')} 0 R\n>>\nstartxref\n${at}\n%%EOF\n`
    else update += `trailer\n<<\n/Root ${trailerNumber('Root')} 0 R\n>>\n%%EOF\n`
    return bytesOf(before + update)
  }
  /** Exchanges a part of the file for one of the same length. */
  const inPlace = (from: string, to: string, { last = false } = {}) => {
    const at = last ? text.lastIndexOf(from) : text.indexOf(from)
    if (at === -1 || to.length > from.length) throw new Error(`${from} cannot be exchanged`)
    return bytesOf(text.slice(0, at) + to.padEnd(from.length) + text.slice(at + from.length))
  }

  const page = find('/Type /Page\n', '/Annots')
  const contents = Number(/\/Contents (\d+) 0 R/.exec(page.body)?.[1])
  const font = find('/Subtype /Type0', '/Fields')
  const catalog = find('/Type /Catalog')
  const field = find('/T (insured-officer)')
  const signature = find('/Type /Sig\n')
  const stream = (content: string) => `<<\n/Length ${content.length}\n>>\nstream\n${content}\nendstream`
  const drawn = stream('BT /F1 24 Tf 72 700 Td (All controls met) Tj ET')
  const lastRange = [...text.matchAll(/\/ByteRange \[[^\]]*\]/g)].at(-1)?.[0] ?? ''
  const [, gapStart = 0, gapEnd = 0] = (lastRange.match(/\d+/g) ?? []).map(Number)

  const officer = statement.signers[1]
  if (!officer) throw new Error('The example has two signers')
  const identity = await issueSigner({ authority, signer: officer, now: SIGNED_AT })
  const other = exampleStatement()
  other.reportId = uuid(99)
  const elsewhere = await makeReportWithEnvelope({ authority, rendered, statement: other })
  const contentsOf = (of: string) =>
    of.slice(of.lastIndexOf('/Contents <'), of.lastIndexOf('/Contents <') + 16_396)
  const [evidence] = statement.evidence
  if (!evidence) throw new Error('The example has evidence')

  const incremental: Attack[] = [
    {
      name: 'incremental saving: another content for a page',
      pdf: append({ [contents]: drawn }),
      check: 'signatures',
      reason: ADDED,
    },
    {
      name: 'incremental saving: objects and a trailer without a table',
      pdf: append({ [contents]: drawn }, { table: false }),
      check: 'structure',
      reason: /does not end as a complete PDF does/,
    },
    {
      name: 'incremental saving: only objects behind the end',
      pdf: bytesOf(`${text}${contents} 0 obj\n${drawn}\nendobj\n`),
      check: 'file',
      reason: /cut off or something was added/,
    },
    {
      name: 'incremental saving: with a copy of the last signature',
      pdf: append({ [contents]: drawn, [signature.number]: signature.body }),
      check: 'signatures',
      reason: ADDED,
    },
    {
      name: 'incremental saving: the file doubled, its first half changed',
      pdf: bytesOf(text.replace('/Lang (en)', '/Lang (de)') + text),
      check: 'structure',
      reason: /Bytes follow the end of the document/,
    },
    {
      name: 'shadow, hide: the object on top is freed',
      pdf: append({}, { freed: [contents] }),
      check: 'structure',
      reason: /lists a deleted object/,
    },
    {
      name: 'shadow, hide: the page gets an empty content',
      pdf: append({
        [page.number]: page.body.replace(/\/Contents \d+ 0 R/, `/Contents ${size} 0 R`),
        [size]: stream(''),
      }),
      check: 'signatures',
      reason: ADDED,
    },
    {
      name: 'shadow, replace: a font with other letters',
      pdf: append({ [font.number]: '<<\n/Type /Font\n/Subtype /Type1\n/BaseFont /Courier\n>>' }),
      check: 'signatures',
      reason: ADDED,
    },
    {
      name: 'shadow, replace: a form field that is drawn over the page',
      pdf: append({
        [field.number]: field.body.replace('/Rect [0 0 0 0]', '/Rect [0 0 600 800]'),
      }),
      check: 'signatures',
      reason: ADDED,
    },
    {
      name: 'shadow, hide and replace: a number points at another object that was signed',
      pdf: append({}, { moved: { [contents]: page.start } }),
      check: 'structure',
      reason: /Bytes stand between two objects, or an object is missing/,
    },
    {
      name: 'shadow, hide and replace: another catalogue, prepared before signing',
      pdf: append({ [catalog.number]: catalog.body.replace('/Lang (en)', '/Lang (de)') }),
      check: 'signatures',
      reason: ADDED,
    },
    {
      name: 'evil annotation: a text over the page',
      pdf: append({
        [size]: `<<\n/Type /Annot\n/Subtype /FreeText\n/Rect [0 0 600 800]\n/Contents (All controls met)\n/P ${page.number} 0 R\n>>`,
        [page.number]: page.body.replace(/>>$/, `/Annots [${size} 0 R]\n>>`),
      }),
      check: 'signatures',
      reason: ADDED,
    },
    {
      name: 'sneaky signature: a third field with a look of its own',
      pdf: append({
        [size]: `<<\n/FT /Sig\n/T (witness)\n/Type /Annot\n/Subtype /Widget\n/Rect [0 0 600 800]\n/P ${page.number} 0 R\n>>`,
      }),
      check: 'signatures',
      reason: ADDED,
    },
    {
      name: 'evil annotation, signed along by the second signer',
      pdf: await forgeSecondRevision({
        certified,
        identity,
        extra: { [page.number]: page.body.replace('/Type /Page', '/Type /Page\n/Rotate 180') },
      }),
      check: 'additions',
      reason: /other parts of the file were added or changed/,
    },
  ]

  const wrapping: Attack[] = [
    {
      name: 'signature wrapping: the signed end moved back, other objects in the gap',
      pdf: (() => {
        const evil = `${contents} 0 obj\n${drawn}\nendobj\n`
        const moved = lastRange.replace(/\d+(?= \d+\])/, String(gapEnd + evil.length))
        const parted = text.slice(0, gapEnd) + evil + text.slice(gapEnd)
        const at = parted.lastIndexOf(lastRange)
        return bytesOf(parted.slice(0, at) + moved + parted.slice(at + lastRange.length))
      })(),
      check: 'structure',
      reason: /“xref” was expected/,
    },
    {
      name: 'signature wrapping: a range that begins behind the file’s head',
      pdf: inPlace(lastRange, lastRange.replace('[0 ', '[9 '), { last: true }),
      check: 'coverage',
      reason: /does not cover everything before it/,
    },
    {
      name: 'universal forgery: a range of nothing',
      pdf: inPlace(lastRange, '/ByteRange [0 0 0 0]', { last: true }),
      check: 'coverage',
      reason: /does not cover everything before it/,
    },
    {
      name: 'universal forgery: a negative range',
      pdf: inPlace(lastRange, `/ByteRange [0 -1 ${gapEnd} 9]`, { last: true }),
      check: 'coverage',
      reason: /does not cover everything before it/,
    },
    {
      name: 'universal forgery: no range',
      pdf: inPlace(lastRange, '/ByteRange null', { last: true }),
      check: 'coverage',
      reason: /does not cover everything before it/,
    },
    {
      name: 'universal forgery: a signature of zeros',
      pdf: bytesOf(`${text.slice(0, gapStart)}<${'0'.repeat(gapEnd - gapStart - 2)}>${text.slice(gapEnd)}`),
      check: 'containers',
      reason: /cannot be read/,
    },
    {
      name: 'universal forgery: an empty signature',
      pdf: bytesOf(`${text.slice(0, gapStart)}<>${' '.repeat(gapEnd - gapStart - 2)}${text.slice(gapEnd)}`),
      check: 'containers',
      reason: /cannot be read/,
    },
    {
      name: 'universal forgery: no contents',
      pdf: bytesOf(`${text.slice(0, gapStart)}null${' '.repeat(gapEnd - gapStart - 4)}${text.slice(gapEnd)}`),
      check: 'signatures',
      reason: /incomplete/,
    },
  ]

  const exchanged: Attack[] = [
    {
      name: 'a stripped attachment',
      pdf: append({
        [catalog.number]: catalog.body.replace(/\/AF \[[^\]]*\]/, '').replace(/\/Names \d+ 0 R/, ''),
      }),
      check: 'attachment',
      reason: /has no attachment/,
    },
    {
      name: 'an attachment without its entry in the list of files, cut out in place',
      pdf: inPlace('(statement.json)', '(statement.jso_)'),
      check: 'attachment',
      reason: /statement\.json is not attached/,
    },
    {
      name: 'evidence of another hash in the statement, both files rewritten',
      pdf: await makeSignedReport({
        authority,
        rendered,
        attach: (files) => ({
          ...files,
          statement: files.statement.replaceAll(evidence.sha256, sha256Hex('other')),
        }),
      }),
      check: 'oscal',
      reason: /not the one that follows from the statement/,
    },
    {
      name: 'an exchanged evidence file',
      pdf: signed,
      options: {
        evidenceFiles: [{ name: 'scan.nessus', sha256: sha256Hex(EXCHANGED) }],
      },
      check: 'evidence',
      reason: /^The report names no evidence with the content of scan\.nessus .*exchanged or changed/,
    },
    {
      name: 'a signature moved here from another report',
      pdf: bytesOf(text.replace(contentsOf(text), contentsOf(textOf(elsewhere.pdf)))),
      check: 'content',
      reason: /What the insured officer signed was changed afterwards/,
    },
    {
      name: 'the envelope of another report',
      pdf: signed,
      options: { detachedEnvelope: elsewhere.envelope },
      check: 'detached',
      reason: /names other files|something else|other certificates/,
    },
    {
      name: 'an envelope with another digest of the report',
      pdf: elsewhere.pdf,
      options: { detachedEnvelope: envelope },
      check: 'detached',
      reason: /names other files|something else|other certificates/,
    },
    {
      name: 'another authority than the one that is trusted',
      pdf: signed,
      options: { trustedAuthorityPem: (await makeAuthority(statement)).certificatePem },
      check: 'authority',
      reason: /under another authority than the one you gave/,
    },
  ]

  const early = new Date('2019-01-01T00:00:00Z')
  const expired = await makeAuthority(statement, early)
  const certificates: Attack[] = [
    {
      name: 'an expired certificate',
      pdf: await makeSignedReport({ authority: expired, rendered, certifiedAt: early }),
      check: 'times',
      reason: /A certificate was not valid when the technical contributor signed/,
    },
    await (async () => {
      const serialNumber = '4d2e'
      const revokedAt = new Date(SIGNED_AT.getTime() + 60_000)
      const revoked = [{ serialNumber, revokedAt, invalidFrom: revokedAt, reason: 'key-compromise' as const }]
      const now = new Date(SIGNED_AT.getTime() + 120_000)
      return {
        name: 'a revoked certificate',
        pdf: await makeSignedReport({ authority, rendered, serialNumbers: [undefined, serialNumber] }),
        options: {
          revocationList: await makeRevocationList({ authority, revoked, now }),
        },
        check: 'revocation' as const,
        reason: /^The certificate of the insured officer is revoked as of .* its key fell into other hands/,
      }
    })(),
  ]
  return { genuine: signed, attacks: [...incremental, ...wrapping, ...exchanged, ...certificates] }
}
