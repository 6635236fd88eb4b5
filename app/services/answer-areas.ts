/** Who at a client usually knows an answer: a guess from what the question is about, to choose questions by. */
import type { Catalogue } from '#questionnaires/controls.ts'
import type { Question } from '#questionnaires/definition.ts'

export const ANSWER_AREAS = [
  { id: 'finance', label: 'Finance' },
  { id: 'people', label: 'People and training (HR)' },
  { id: 'legal', label: 'Legal, contracts and history' },
  { id: 'technology', label: 'Technology' },
] as const
export type AnswerArea = (typeof ANSWER_AREAS)[number]['id']

const BY_DOMAIN: Readonly<Record<string, AnswerArea>> = {
  payments: 'finance',
  awareness: 'people',
  governance: 'legal',
  'third-parties': 'legal',
}
/** Checked in this order, whole words in the names of topic and section. */
const BY_WORD: readonly [AnswerArea, readonly string[]][] = [
  ['finance', ['revenue', 'turnover', 'payment', 'payments', 'bank', 'money', 'finance', 'transfer']],
  ['people', ['headcount', 'employees', 'staff', 'people', 'training', 'awareness']],
  [
    'legal',
    [
      'claims',
      'history',
      'contract',
      'contracts',
      'law',
      'privacy',
      'cover',
      'period',
      'applicant',
      'business',
    ],
  ],
]

/** Every question has one; what nothing places is technology. */
export function areaOf(question: Question, sectionId: string, catalogue: Catalogue): AnswerArea {
  const domain = catalogue.controls.find(({ id }) => id === question.control)?.domain
  if (domain) return BY_DOMAIN[domain] ?? 'technology'
  if (question.kind === 'currency') return 'finance'
  for (const name of [question.canonical?.topic ?? '', question.id, sectionId]) {
    const words = name.split('-')
    const found = BY_WORD.find(([, known]) => known.some((word) => words.includes(word)))
    if (found) return found[0]
  }
  return 'technology'
}
