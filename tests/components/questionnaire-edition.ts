/** A small form with every kind of answer, and proposals for it. */
import type { EvidenceChoice } from '#app/components/questionnaire/evidence-picker.tsx'
import { Edition, listQuestions, type Question } from '#questionnaires/definition.ts'
import type { Proposal } from '#questionnaires/proposal.ts'

export const NOW = new Date('2026-11-24T14:00:00Z')

export const edition: Edition = Edition.parse({
  schema: 1,
  form: { code: 'every-kind', title: 'Every kind of answer', issuer: 'Larkfield Mutual' },
  edition: '2',
  publishedOn: '2026-01-01',
  summary: 'One question of each kind.',
  blankMeans: 'no',
  terms: [
    {
      id: 'remote-access',
      term: 'Remote access',
      meaning: 'Any connection into the network from outside it, by staff and by third parties.',
    },
    { id: 'unused', term: 'Unused term', meaning: 'Not on this page.' },
  ],
  declaration: {
    text: 'The answers are true.',
    signerRoles: [{ id: 'owner', label: 'Owner' }],
    maximumAgeDays: 30,
  },
  sections: [
    {
      id: 'kinds',
      title: 'Kinds of answers',
      intro: 'Answer for all offices and all companies that are to be insured.',
      questions: [
        {
          id: 'encryption',
          kind: 'yes-no',
          sometimes: true,
          notApplicable: true,
          control: 'encrypt-endpoints',
          prompt: 'Are laptops and phones encrypted?',
          help: 'Full-disk encryption that is enforced counts. A policy that asks for it does not.',
          reference: { item: '1' },
        },
        {
          id: 'remote-mfa',
          kind: 'yes-no',
          yesOnly: true,
          terms: ['remote-access'],
          prompt: 'A second factor is enforced for all remote access, third parties included.',
          scope: 'remote access by staff and third parties',
          reference: { item: '2a', form: 'LM-114', edition: '06-26' },
        },
        {
          id: 'backup-frequency',
          kind: 'single-choice',
          ordered: true,
          prompt: 'How often are backups taken of everything the business needs to run?',
          options: [
            { id: 'daily', label: 'Every day' },
            { id: 'weekly', label: 'Every week' },
            { id: 'monthly', label: 'Every month' },
            { id: 'other', label: 'Other', describe: true },
            { id: 'never', label: 'Never' },
          ],
          reference: { item: '3' },
        },
        {
          id: 'mail-protection',
          kind: 'multiple-choice',
          prompt: 'Which protections does your mail have?',
          options: [
            { id: 'gateway', label: 'A filter in front of the mailboxes' },
            { id: 'sandbox', label: 'Attachments are opened in a sandbox first' },
            { id: 'something-else', label: 'Something else', describe: true },
            { id: 'none', label: 'None of these', exclusive: true },
          ],
          reference: { item: '4' },
        },
        {
          id: 'records',
          kind: 'band',
          prompt: 'How many records of natural persons do you hold?',
          measure: 'count',
          options: [
            { id: 'few', label: 'Fewer than 10,000', below: 10_000 },
            { id: 'many', label: '10,000 or more', atLeast: 10_000 },
          ],
          reference: { item: '5' },
        },
        {
          id: 'staff',
          kind: 'number',
          whole: true,
          unit: 'people',
          prompt: 'How many people work for you?',
          reference: { item: '6' },
        },
        {
          id: 'edr-share',
          kind: 'percent',
          population: 'endpoints',
          prompt: 'How many endpoints run endpoint detection and response?',
          reference: { item: '7' },
        },
        {
          id: 'revenue',
          kind: 'currency',
          currency: 'USD',
          prompt: 'What was your revenue in the last financial year?',
          reference: { item: '8' },
        },
        {
          id: 'last-restore',
          kind: 'date',
          past: true,
          prompt: 'When was a restore last tested?',
          reference: { item: '9' },
        },
        {
          id: 'edr-product',
          kind: 'product',
          suggestions: ['Falconry Endpoint', 'Nightjar EDR'],
          prompt: 'Which endpoint detection product do you use?',
          reference: { item: '10' },
        },
        {
          id: 'providers',
          kind: 'table',
          minimumRows: 2,
          maximumRows: 4,
          prompt: 'Which services are outsourced, and to whom?',
          columns: [
            { id: 'service', label: 'Service', kind: 'text' },
            { id: 'provider', label: 'Provider', kind: 'text' },
            { id: 'spend', label: 'Spend a year', kind: 'currency', currency: 'USD' },
            { id: 'since', label: 'Since', kind: 'date', required: false },
            { id: 'access', label: 'Has access', kind: 'yes-no' },
          ],
          reference: { item: '11' },
        },
        {
          id: 'revenue-by-year',
          kind: 'table',
          prompt: 'Revenue by year and region',
          columns: ['year', 'europe', 'north-america', 'asia', 'africa', 'elsewhere'].map((id) =>
            id === 'year'
              ? { id, label: 'Financial year', kind: 'number' as const, whole: true }
              : { id, label: `In ${id.replace('-', ' ')}`, kind: 'currency' as const, currency: 'USD' },
          ),
          reference: { item: '12' },
        },
        {
          id: 'loss-runs',
          kind: 'attachment',
          evidenceKinds: ['loss-run'],
          maximumFiles: 2,
          required: false,
          prompt: 'Attach the loss runs of the last five years.',
          reference: { item: '13' },
        },
        {
          id: 'ai-use',
          kind: 'text',
          maxLength: 600,
          requiredFrom: '2027-01-01',
          prompt: 'How are AI services used, and what may be put into them?',
          reference: { item: '14' },
        },
      ],
    },
  ],
})

export function questionOf(id: string): Question {
  const question = listQuestions(edition).find((candidate) => candidate.id === id)
  if (!question) throw new Error(`The form has no question ${id}`)
  return question
}

const choice = (number: number, kind: string, title: string): EvidenceChoice => ({
  revisionId: `00000000-0000-4000-8000-00000000000${number}`,
  fileName: `file-${number}.pdf`,
  sha256: String(number).repeat(64),
  title,
  kind,
  kindLabel: kind === 'loss-run' ? 'Loss run' : 'Policy document',
  observedOn: '2026-10-02',
})

export const evidenceChoices: EvidenceChoice[] = [
  choice(1, 'policy', 'Information security policy'),
  choice(2, 'loss-run', 'Loss runs 2021 to 2026'),
  choice(3, 'loss-run', 'Loss run of the previous insurer'),
]

const earlier = {
  kind: 'earlier-edition',
  applicationId: '00000000-0000-4000-8000-0000000000aa',
  questionId: 'remote-mfa',
  formTitle: 'Every kind of answer',
  edition: '1',
  item: '2',
  prompt: 'A second factor is enforced for remote access by staff.',
  shown: 'Yes',
  answeredBy: 'Ines Duarte',
  answeredAt: '2025-11-12T09:30:00Z',
} as const

export const proposals = {
  /** From the edition before, in other words. */
  reworded: {
    answer: { state: 'answered', value: { kind: 'yes-no', choice: 'yes' } },
    sources: [earlier],
    lost: [],
  },
  /** From another form; a "no" that nobody has explained yet. */
  unexplained: {
    answer: { state: 'answered', value: { kind: 'yes-no', choice: 'no' } },
    sources: [
      {
        ...earlier,
        kind: 'bank',
        formTitle: 'Core cyber application',
        prompt: 'What share of portable computers has encrypted disks?',
        shown: '95 of 100 (95.0 %)',
      },
    ],
    lost: ['95 of 100 is not all, so that only a no remains of it.'],
  },
  /** The question changed too much. */
  changed: {
    answer: null,
    sources: [earlier],
    lost: ['A yes to one question is not a yes to each of its parts.'],
  },
  /** From a scan or export. */
  fact: {
    answer: { state: 'answered', value: { kind: 'percent', covered: 112, total: 118 } },
    sources: [
      {
        kind: 'fact',
        key: 'edr.coverage',
        shown: '112 of 118 endpoints report to the EDR console',
        observedAt: '2026-11-20T08:00:00Z',
        revisionId: '00000000-0000-4000-8000-000000000001',
      },
    ],
    lost: [],
  },
} satisfies Record<string, Proposal>
