/** What is signed: one frozen, canonical account of an application, its evidence and its readiness. */
import { z } from 'zod'
import { LANGUAGES } from '#app/language/languages.ts'
import { canonicalJson } from '#evidence/canonical.ts'
import { Fact } from '#evidence/facts.ts'
import { Answer } from '#questionnaires/answers.ts'
import { Circumstances } from '#questionnaires/circumstances.ts'
import { Brand, Coverage, FindingSummary, Reviewer } from './statement-parts.ts'
import { Reattestation } from './statement-reattestation.ts'
import { ToldReview } from './statement-reviews.ts'

/** A signer's certificate and its issuers'. */
export const MOST_CERTIFICATES = 6

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

const Reason = z.object({
  outcome: z.enum(['supports', 'weakens', 'contradicts', 'not-comparable', 'stale']),
  sentence: z.string(),
  remedy: z.string().nullable(),
  ruleId: z.string().nullable(),
  factIds: z.array(z.string()),
  revisionIds: z.array(z.string()),
})

/**
 * Whoever signs a readiness report. The MSP certifies technical facts, the insured attests the answers; between them
 * others may sign for the answers they contributed, and somebody of neither side for having reviewed the evidence.
 */
export const Signer = z.object({
  role: z.enum(['technical-contributor', 'contributor', 'reviewer', 'insured-officer']),
  name: z.string(),
  title: z.string(),
  organisation: z.string(),
  email: z.string().nullable(),
  /** What this person declares by signing. */
  declaration: z.string(),
  /** Of a contributor: the answers that this person signs for. */
  part: z.object({ questionIds: z.array(z.string()).min(1) }).optional(),
  /**
   * SHA-256 of the certificate with which they sign and of each issuer's above it, where the preparer brought it from
   * another issuer; absent where the preparer's own authority certifies them.
   */
  certificates: z.array(Sha256).min(2).max(MOST_CERTIFICATES).optional(),
  /**
   * Of a reviewer who signs under the authority of their own organisation: whose that is, and SHA-256 of its certificate.
   * Absent where the preparer's authority certifies them.
   */
  authority: z.object({ organisationId: z.uuid(), sha256: Sha256 }).optional(),
})
export type Signer = z.infer<typeof Signer>

export const Statement = z.object({
  type: z.literal('https://attested.example/statement/v1'),
  reportId: z.uuid(),
  createdAt: z.iso.datetime(),
  /** What the report is written in; absent in statements made before there were several: English. */
  language: z.enum(LANGUAGES).optional(),
  preparedBy: z.object({ organisationId: z.uuid(), name: z.string() }),
  client: z.object({
    id: z.uuid(),
    legalName: z.string(),
    industry: z.string().nullable(),
    headcount: z.number().int().nullable(),
    domains: z.array(z.string()),
  }),
  application: z.object({
    id: z.uuid(),
    createdAt: z.iso.datetime(),
    /** What the form's gates looked at; absent in statements made before gates looked at anything but answers. */
    circumstances: Circumstances.optional(),
    /** First day of the cover it is signed for, where that was known. */
    coversFrom: z.iso.date().optional(),
  }),
  edition: z.object({
    formCode: z.string(),
    formTitle: z.string(),
    edition: z.string(),
    issuer: z.string(),
    sha256: Sha256,
    catalogueVersion: z.string(),
  }),
  /** Questions that applied, in form order, with the prompt as it was shown. */
  answers: z.array(
    z.object({
      questionId: z.string(),
      section: z.string(),
      item: z.string(),
      prompt: z.string(),
      controlId: z.string().nullable(),
      answer: Answer.nullable(),
      /** The answer in words, as the report prints it. */
      shown: z.string(),
      answeredBy: z.string().nullable(),
      answeredAt: z.iso.datetime().nullable(),
      status: z.enum(['supported', 'unsupported', 'stale', 'contradicted', 'not-claimed']),
      weakened: z.boolean(),
      exceptionId: z.string().nullable(),
      reasons: z.array(Reason),
    }),
  ),
  controls: z.array(
    z.object({
      id: z.string(),
      label: z.string(),
      domain: z.string(),
      frameworks: z.object({ cis: z.array(z.string()), csf: z.array(z.string()) }),
      status: z.enum(['met', 'partly', 'unmet', 'unknown', 'not-applicable']),
      reasons: z.array(Reason),
    }),
  ),
  facts: z.array(Fact.extend({ id: z.string(), revisionId: z.string(), evidenceKind: z.string() })),
  evidence: z.array(
    z.object({
      revisionId: z.string(),
      kind: z.string(),
      title: z.string(),
      fileName: z.string(),
      sha256: Sha256,
      sizeBytes: z.number().int().nonnegative(),
      observedAt: z.iso.datetime(),
      receivedAt: z.iso.datetime(),
      validUntil: z.iso.datetime().nullable(),
      collector: z.string(),
      controlIds: z.array(z.string()),
    }),
  ),
  scans: z.array(
    z.object({
      revisionId: z.string(),
      tool: z.string(),
      toolVersion: z.string().nullable(),
      scanDate: z.iso.datetime().nullable(),
      viewpoint: z.enum(['external', 'internal']),
      assets: z.number().int(),
      credentialedAssets: z.number().int().nullable(),
      findings: z.object({
        critical: z.number().int(),
        high: z.number().int(),
        medium: z.number().int(),
        low: z.number().int(),
        info: z.number().int(),
        /** Findings that the tool did not rate; absent in statements made before they were told apart. */
        unknown: z.number().int().optional(),
      }),
    }),
  ),
  exceptions: z.array(
    z.object({
      id: z.string(),
      questionId: z.string(),
      /** What exactly is excepted; absent, like its first day, in statements made before both were carried. */
      scope: z.string().optional(),
      reason: z.string(),
      compensatingControl: z.string(),
      owner: z.string(),
      approvedBy: z.string(),
      /** Who at the insured approved it by a link of their own, and on which day; absent where nobody was asked. */
      approval: z.object({ name: z.string(), on: z.iso.date() }).optional(),
      startsOn: z.iso.date().optional(),
      expiresOn: z.iso.date(),
    }),
  ),
  gaps: z.array(z.object({ questionId: z.string(), owner: z.string(), dueOn: z.iso.date() })),
  // Each absent in statements made before it was carried.
  findings: FindingSummary.optional(),
  coverage: Coverage.optional(),
  reviewer: Reviewer.optional(),
  /** Of this application, in the order in which they were signed off; absent where there is none. */
  reviews: z.array(ToldReview).min(1).optional(),
  /** Present in the report of a re-attestation, and only there. */
  reattestation: Reattestation.optional(),
  /** Where the installation that made the report lets anybody check it. */
  verifyAt: z.url({ protocol: /^https?$/ }).optional(),
  brand: Brand.optional(),
  /** The organisation's ledger when the statement was frozen. */
  ledgerHead: z.object({ sequence: z.number().int().positive(), hash: Sha256 }),
  signers: z.array(Signer).min(1),
})
export type Statement = z.infer<typeof Statement>

/**
 * The one text of a statement: what is hashed, kept, attached to the report and compared by the verifier.
 * Members that the schema does not name are left out, so that nothing unread is signed.
 * @throws ZodError for what is no statement
 */
export function canonicalStatement(statement: Statement): string {
  return canonicalJson(Statement.parse(statement))
}

// One door for the verifier, which reads statements and nothing else of ours.
export { beforeTheOfficer, type OfficerResult } from './statement-reattestation.ts'
export { ToldReview } from './statement-reviews.ts'
export { drawSample } from './statement-sampling.ts'
