/** What an in-toto statement of ours says about its subjects: the report in short, and who signed it as what. */
import { z } from 'zod'
import { Signer, Statement, ToldReview } from '../statement.ts'
import { digestsOf, listSubjects, type StatementDigests, type Subject } from './subjects.ts'

export const STATEMENT_TYPE = 'https://in-toto.io/Statement/v1'
export const PREDICATE_TYPE = 'https://attested.example/readiness/v1'

const answer = Statement.shape.answers.element.shape
const control = Statement.shape.controls.element.shape
const exception = Statement.shape.exceptions.element.shape
const gap = Statement.shape.gaps.element.shape
const review = ToldReview.shape
const edition = Statement.shape.edition.shape
const Sha256 = edition.sha256

/** Names of people stand in `signedBy` only; everything else about them is in the statement. */
export const ReadinessPredicate = z.strictObject({
  report: z
    .strictObject({
      id: Statement.shape.reportId,
      createdAt: z.iso.datetime(),
      language: Statement.shape.language.describe(
        'What the report is written in; absent before there were several: English.',
      ),
      statementSha256: Sha256,
    })
    .describe('The report, and the SHA-256 of the canonical statement attached to it.'),
  preparedBy: z.strictObject(Statement.shape.preparedBy.shape).describe('Who collected the evidence.'),
  insured: z
    .strictObject({ id: z.uuid(), legalName: z.string() })
    .describe('The organisation whose readiness is stated.'),
  application: z.strictObject({ id: z.uuid(), createdAt: z.iso.datetime() }),
  form: z
    .strictObject({
      code: z.string(),
      title: z.string(),
      edition: z.string(),
      issuer: z.string(),
      sha256: Sha256,
      catalogueVersion: z.string(),
    })
    .describe('The edition of the questionnaire, with the hash of its content.'),
  answers: z
    .array(
      z.strictObject({
        questionId: answer.questionId,
        controlId: answer.controlId,
        status: answer.status.describe('What the evidence says of the answer on the day of the report.'),
        weakened: answer.weakened,
        exceptionId: answer.exceptionId,
      }),
    )
    .describe('Every question that applied, in the order of the form. The answers are in the statement.'),
  controls: z.array(
    z.strictObject({
      id: control.id,
      status: control.status.describe('Missing evidence is unknown, never met.'),
      cis: z.array(z.string()).describe('Safeguards of CIS Controls.'),
      csf: z.array(z.string()).describe('Outcomes of NIST CSF.'),
    }),
  ),
  exceptions: z.array(
    z.strictObject({
      id: exception.id,
      questionId: exception.questionId,
      expiresOn: exception.expiresOn,
    }),
  ),
  gaps: z
    .array(z.strictObject({ questionId: gap.questionId, dueOn: gap.dueOn }))
    .describe('Questions answered “I don’t know”, with the day by which they will be.'),
  reattestation: z
    .strictObject({
      number: z.number().int().positive(),
      first: z.iso.date(),
      last: z.iso.date(),
      follows: z
        .array(z.strictObject({ reportId: z.uuid(), pdfSha256: Sha256 }))
        .describe('Signed reports before this one: the application first, the previous one last.'),
    })
    .optional()
    .describe('In the report of a re-attestation only: its period, and what it follows.'),
  reviews: z
    .array(
      z.strictObject({
        reviewId: review.reviewId,
        by: review.by,
        signedOffAt: review.signedOffAt,
        opinion: review.opinion,
        questions: review.questions,
        decided: review.decided,
        changedSince: review.changedSince.describe('Decided answers that are no longer what was decided on.'),
        decisionsSha256: review.decisionsSha256,
      }),
    )
    .min(1)
    .optional()
    .describe(
      'Opinions of assessors who reviewed this application, the earliest first; absent where none did.',
    ),
  ledgerHead: z
    .strictObject(Statement.shape.ledgerHead.shape)
    .describe('The preparer’s ledger when the statement was frozen.'),
  signedBy: z
    .strictObject({
      role: Signer.shape.role,
      name: z.string(),
      title: z.string(),
      organisation: z.string(),
      declaration: z.string().describe('What this person declares by signing.'),
      signedAt: z.iso.datetime().describe('By the preparer’s clock, in whole seconds.'),
    })
    .describe('Whose key signed this envelope: the same that made this person’s signature in the report.'),
})
export type ReadinessPredicate = z.infer<typeof ReadinessPredicate>

export interface InTotoStatement {
  _type: typeof STATEMENT_TYPE
  subject: Subject[]
  predicateType: typeof PREDICATE_TYPE
  predicate: ReadinessPredicate
}

/** Who signs an envelope and when; with the digest of the signed file, for an envelope beside it. */
export interface Attesting {
  role: Signer['role']
  at: Date
  pdfSha256?: string
}

/**
 * The in-toto statement of a readiness statement; pure, so that the verifier makes it again and compares.
 * @param digests of this statement, where they are known already: making them is most of the work
 */
export function inTotoStatement(
  statement: Statement,
  { role, at, pdfSha256 }: Attesting,
  digests: StatementDigests = digestsOf(statement),
): InTotoStatement {
  const { reportId, createdAt, preparedBy, client, application, edition: form, ledgerHead } = statement
  const signer = statement.signers.find((candidate) => candidate.role === role)
  if (!signer) throw new Error(`The statement names no ${role}`)
  const { name, title, organisation, declaration } = signer
  return {
    _type: STATEMENT_TYPE,
    subject: listSubjects(statement, digests, pdfSha256),
    predicateType: PREDICATE_TYPE,
    predicate: {
      report: {
        id: reportId,
        createdAt,
        ...(statement.language === undefined ? {} : { language: statement.language }),
        statementSha256: digests.statement,
      },
      preparedBy,
      insured: { id: client.id, legalName: client.legalName },
      application: { id: application.id, createdAt: application.createdAt },
      form: {
        code: form.formCode,
        title: form.formTitle,
        edition: form.edition,
        issuer: form.issuer,
        sha256: form.sha256,
        catalogueVersion: form.catalogueVersion,
      },
      answers: statement.answers.map(({ questionId, controlId, status, weakened, exceptionId }) => ({
        questionId,
        controlId,
        status,
        weakened,
        exceptionId,
      })),
      controls: statement.controls.map(({ id, status, frameworks }) => ({ id, status, ...frameworks })),
      exceptions: statement.exceptions.map(({ id, questionId, expiresOn }) => ({
        id,
        questionId,
        expiresOn,
      })),
      gaps: statement.gaps.map(({ questionId, dueOn }) => ({ questionId, dueOn })),
      ...followedBy(statement),
      ...reviewedBy(statement),
      ledgerHead,
      signedBy: { role, name, title, organisation, declaration, signedAt: wholeSecond(at) },
    },
  }
}

function followedBy({ reattestation }: Statement): Pick<ReadinessPredicate, 'reattestation'> {
  if (!reattestation) return {}
  const { period, chain } = reattestation
  const follows = chain.map(({ reportId, pdfSha256 }) => ({ reportId, pdfSha256 }))
  return { reattestation: { ...period, follows } }
}

function reviewedBy({ reviews }: Statement): Pick<ReadinessPredicate, 'reviews'> {
  if (!reviews) return {}
  return {
    reviews: reviews.map(
      ({ reviewId, by, signedOffAt, opinion, questions, decided, changedSince, decisionsSha256 }) => ({
        reviewId,
        by,
        signedOffAt,
        opinion,
        questions,
        decided,
        changedSince,
        decisionsSha256,
      }),
    ),
  }
}

// The signature in the PDF knows whole seconds, and both must say the same.
const wholeSecond = (at: Date) => new Date(Math.floor(at.getTime() / 1000) * 1000).toISOString()
