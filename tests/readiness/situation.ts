/** Builds small readiness inputs: a form of a few questions, facts and documents with sensible dates. */
import { evaluateReadiness } from '#app/readiness/evaluate.ts'
import type { EvidenceSource, ExceptionSource, FactSource, ReadinessInput } from '#app/readiness/status.ts'
import type { Answer, Answers } from '#questionnaires/answers.ts'
import { loadCatalogue } from '#questionnaires/catalogue.server.ts'
import { getControl } from '#questionnaires/controls.ts'
import { Edition } from '#questionnaires/definition.ts'

export const NOW = new Date('2026-11-24T12:00:00Z')
export const catalogue = loadCatalogue()

export function daysAgo(days: number): Date {
  return new Date(NOW.getTime() - days * 86_400_000)
}

export function dayText(days: number): string {
  return daysAgo(days).toISOString().slice(0, 10)
}

/** A question whose options are the control's claims. */
export function ask(control: string, id: string = control, more: Record<string, unknown> = {}): unknown {
  const claims = Object.keys(getControl(catalogue, control).claims)
  const base = { id, prompt: `What about ${control}?`, control, reference: { item: '1.1' } }
  const question = {
    ...base,
    kind: 'multiple-choice',
    options: claims.map((claim) => ({ id: claim, label: claim })),
    ...more,
  }
  return Object.fromEntries(Object.entries(question).filter(([, value]) => value !== undefined))
}

export function form(...questions: unknown[]): Edition {
  return Edition.parse({
    schema: 1,
    form: { code: 'test-form', title: 'Test form', issuer: 'Nobody' },
    edition: '1',
    publishedOn: '2026-01-01',
    summary: 'For tests.',
    declaration: { text: 'True.', signerRoles: [{ id: 'ceo', label: 'CEO' }], maximumAgeDays: 45 },
    sections: [{ id: 'all', title: 'All', questions }],
  })
}

export function claim(...claims: string[]): Answer {
  return { state: 'answered', value: { kind: 'multiple-choice', choices: claims } }
}

export function yesNo(choice: 'yes' | 'no' | 'not-applicable', explanation?: string): Answer {
  return { state: 'answered', value: { kind: 'yes-no', choice }, explanation }
}

let serial = 0

export function fact(
  key: string,
  value: FactSource['value'],
  more: Partial<FactSource> & {
    viewpoint?: FactSource['scope']['viewpoint']
    subject?: string
    ageDays?: number
  } = {},
): FactSource {
  const { viewpoint = 'tenant', subject = 'contoso.example', ageDays = 1, ...rest } = more
  serial += 1
  return {
    id: `fact-${serial}`,
    revisionId: `revision-of-fact-${serial}`,
    evidenceKind: 'idp-policy-export',
    key,
    value,
    scope: { viewpoint, subject },
    observedAt: Number.isNaN(ageDays) ? 'no date' : daysAgo(ageDays).toISOString(),
    completeness: 'complete',
    collector: 'test',
    ...rest,
  }
}

/** A percentage with its counts. */
export function share(
  key: string,
  numerator: number,
  denominator: number,
  more: Parameters<typeof fact>[2] = {},
): FactSource {
  return fact(key, Math.round((numerator / denominator) * 100), { numerator, denominator, ...more })
}

export function document(
  kind: string,
  more: Partial<EvidenceSource> & { ageDays?: number } = {},
): EvidenceSource {
  const { ageDays = 1, ...rest } = more
  serial += 1
  return {
    revisionId: `revision-${serial}`,
    evidenceId: `evidence-${serial}`,
    kind,
    title: 'A document',
    observedAt: daysAgo(ageDays),
    validUntil: null,
    controlIds: [],
    questionIds: [],
    ...rest,
  }
}

export function exception(questionId: string, more: Partial<ExceptionSource> = {}): ExceptionSource {
  return {
    id: 'exception-1',
    questionId,
    reason: 'A reason',
    compensatingControl: 'Watched',
    owner: 'Ann',
    approvedBy: 'Bob',
    expiresOn: '2027-01-01',
    ...more,
  }
}

export function situation(
  edition: Edition,
  answers: Answers,
  more: Partial<ReadinessInput> = {},
): ReadinessInput {
  return { edition, catalogue, answers, facts: [], evidence: [], exceptions: [], now: NOW, ...more }
}

/** Readiness of one answer about one control. */
export function judge(
  control: string,
  answer: Answer | undefined,
  more: Partial<ReadinessInput> = {},
  question: Record<string, unknown> = {},
) {
  const edition = form(ask(control, control, question))
  const readiness = evaluateReadiness(situation(edition, answer ? { [control]: answer } : {}, more))
  return { readiness, answer: readiness.answers[0]!, control: readiness.controls[0]! }
}

/** The same control asked as yes or no. */
export const AS_YES_NO: Record<string, unknown> = { kind: 'yes-no', options: undefined, notApplicable: true }
