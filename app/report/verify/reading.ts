/** Takes a report apart and judges what needs no keys: the file, what is in it, and the attached statement. */
import { canonicalJson, sha256Hex } from '#evidence/canonical.ts'
import { listOrderFaults, slotsOf } from '../signing-order.ts'
import { Statement } from '../statement.ts'
import type { AttachedTexts } from '../twins/attachments.ts'
import { assessmentResults } from '../twins/oscal.ts'
import type { StatementDigests } from '../twins/subjects.ts'
import { type ArchivePlace, findArchive } from './archive.ts'
import { readAttachments } from './attachment.ts'
import { listInconsistencies } from './consistency.ts'
import { listActiveContent } from './inert.ts'
import { MAX_REPORT_BYTES } from './limits.ts'
import { asDictionary, asReference } from './pdf-syntax.ts'
import { CheckFailure, failOn, type Results } from './results.ts'
import { objectsInForce, type Revision, readRevisions } from './revisions.ts'
import { findSignatures, type SignatureField, words } from './signature-fields.ts'
import { listOscalFaults } from './twins.ts'

/** Where no statement can be read: who signs at least. */
const TWO_SIDES = (['technical-contributor', 'insured-officer'] as const).map((role) => ({
  id: role,
  signer: { role },
}))

export interface Found {
  revisions: Revision[]
  signatures: SignatureField[]
  /** Null where none was prepared. */
  archive: ArchivePlace | null
  statement: Statement | undefined
  attached: AttachedTexts | undefined
  /** Of what follows from the statement, whatever is attached. */
  digests: StatementDigests | undefined
}

/** Everything that can be judged without keys; null where the file cannot be taken apart. */
export async function readReport(bytes: Uint8Array, results: Results): Promise<Found | null> {
  const isFile = await results.run('file', () => checkFile(bytes), `It has ${bytes.length} bytes.`)
  if (!isFile) return null
  const revisions = await results.run(
    'structure',
    () => takeApart(bytes),
    ({ length }) => `It has ${length} revisions.`,
  )
  if (!revisions) return null
  const objects = objectsInForce(revisions)
  const root = asReference(revisions.at(-1)?.trailer.get('Root'))
  const catalog = asDictionary(root === null ? undefined : objects.get(root)?.value) ?? new Map()
  await results.run(
    'inert',
    () => failOn(listActiveContent(revisions)),
    'It holds no scripts, actions, links or hidden layers.',
  )
  const attached = await results.run(
    'attachment',
    () => readAttachments(objects, catalog),
    (texts) => `statement.json, SHA-256 ${sha256Hex(texts.statement)}.`,
  )
  const statement =
    attached === undefined
      ? undefined
      : await results.run(
          'statement',
          () => parseStatement(attached.statement),
          ({ reportId, createdAt }) => `Report ${reportId}, made on ${createdAt}.`,
        )
  let digests: StatementDigests | undefined
  if (statement && attached) {
    await results.run(
      'oscal',
      () => {
        const expected = assessmentResults(statement)
        // The check of the statement compared it with its canonical form.
        digests = { statement: sha256Hex(attached.statement), oscal: sha256Hex(expected) }
        failOn(listOscalFaults(attached.oscal, expected))
      },
      `oscal-assessment-results.json, SHA-256 ${sha256Hex(attached.oscal)}.`,
    )
    const { answers, controls, evidence } = statement
    await results.run(
      'consistency',
      () => failOn(listInconsistencies(statement)),
      `${answers.length} answers, ${controls.length} controls and ${evidence.length} pieces of evidence refer to each other rightly.`,
    )
  }
  let archive: ArchivePlace | null = null
  const signatures = await results.run(
    'signatures',
    () => {
      if (statement) failOn(listOrderFaults(statement.signers, statement.preparedBy.name))
      archive = findArchive(objects, catalog)
      const slots = statement ? slotsOf(statement.signers) : TWO_SIDES
      return findSignatures(revisions, objects, catalog, { slots, archive })
    },
    (fields) =>
      fields
        .map(({ name, slot }) => `${name} as ${words(slot)}`)
        .join(', then ')
        .concat('.'),
  )
  return { revisions, signatures: signatures ?? [], archive, statement, attached, digests }
}

function checkFile(bytes: Uint8Array): true {
  if (bytes.length === 0) throw new CheckFailure('The file is empty.')
  if (bytes.length > MAX_REPORT_BYTES)
    throw new CheckFailure(`The file has ${bytes.length} bytes; no report is that large.`)
  if (String.fromCharCode(...bytes.subarray(0, 5)) !== '%PDF-')
    throw new CheckFailure('The file is not a PDF.')
  if (String.fromCharCode(...bytes.subarray(-7)) !== '\n%%EOF\n')
    throw new CheckFailure('The file does not end as a PDF does; it is cut off or something was added.')
  return true
}

function takeApart(bytes: Uint8Array): Revision[] {
  try {
    return readRevisions(bytes)
  } catch (error) {
    // Only to say it plainly: the file fails in either case.
    if (isEncrypted(bytes))
      throw new CheckFailure(
        'The file is encrypted, which no report is. Ask for the file as it was signed, without a password.',
      )
    throw error
  }
}

function isEncrypted(bytes: Uint8Array): boolean {
  return /\/Encrypt\s+\d+\s+\d+\s+R/.test(new TextDecoder('latin1').decode(bytes))
}

function parseStatement(text: string): Statement {
  const json: unknown = JSON.parse(text)
  const parsed = Statement.safeParse(json)
  if (!parsed.success) {
    failOn(
      parsed.error.issues.map(
        ({ path, message }) => `The statement has a fault at ${path.join('.') || 'its start'}: ${message}.`,
      ),
    )
    throw new CheckFailure('The statement cannot be read.')
  }
  if (canonicalJson(parsed.data) !== text) {
    throw new CheckFailure(
      'The statement is not in its canonical form, or holds something that this verifier does not know.',
    )
  }
  return parsed.data
}
