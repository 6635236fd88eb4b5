/** Review packs that strain their pages. */
import type { Language } from '#app/language/languages.ts'
import { COVERS, type Covers, type PackAccount } from '#app/report/review-pack/pack-account.ts'

const covers = (...counts: number[]): Covers =>
  Object.fromEntries(COVERS.map((state, index) => [state, counts[index] ?? 0])) as Covers

export const emptyPack = (language: Language): PackAccount => ({
  language,
  madeAt: '2026-10-05T09:00:00.000Z',
  organisation: 'Fjord',
  brand: null,
  client: 'Zahnarztpraxis Hafenstraße',
  period: { first: '2026-07-01', last: '2026-09-30' },
  next: { first: '2026-10-01', last: '2026-12-31' },
  forms: [],
  domains: [],
  improved: [],
  drifted: [],
  contradictions: { opened: 0, closed: 0, left: 0 },
  firstAnswered: { count: 0, contradicted: 0 },
  findings: null,
  evidence: [],
  requests: [],
  ending: [],
  subjectivities: [],
  attested: [],
  due: [],
  actions: [],
})

const LONG = 'Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherungsnachweis'.repeat(3)
const ARABIC = 'شركة البحر الأبيض المتوسط للخدمات اللوجستية'

/** Names without a break, names read from the right, sixty controls, and every list filled. */
export const extremePack = (language: Language): PackAccount => {
  const change = (index: number) => ({
    form: index % 3 === 0 ? ARABIC : 'Core cyber application',
    item: `${index}`,
    prompt: index % 4 === 0 ? LONG : 'Is multi-factor authentication required for all remote access?',
    before: COVERS[index % COVERS.length] ?? 'proved',
    now: COVERS[(index + 1) % COVERS.length] ?? 'unproved',
    reasons: Array.from({ length: index % 5 }, () => 'The scan of 3 September 2026 shows one open port.'),
  })
  const many = <T>(count: number, make: (index: number) => T) =>
    Array.from({ length: count }, (_, i) => make(i))
  return {
    ...emptyPack(language),
    client: `${ARABIC} ${LONG}`,
    brand: { accent: '#7a1f3d', logo: null },
    forms: [
      { title: LONG, edition: '2', isSigned: true },
      { title: ARABIC, edition: '1', isSigned: false },
    ],
    domains: [
      ...many(9, (index) => ({
        title: index === 0 ? LONG : index === 1 ? ARABIC : `Domain ${index}`,
        before: covers(1, 1, 1, 1, 1, index),
        now: covers(index, 1, 1, 1, 1, 1),
      })),
      { title: 'Only one', before: covers(0, 0, 0, 0, 0, 1), now: covers(1) },
      { title: 'Sixty controls', before: covers(10, 20, 5, 5, 10, 10), now: covers(40, 10, 0, 0, 5, 5) },
    ],
    improved: many(20, change),
    drifted: many(20, (index) => change(index + 7)),
    contradictions: { opened: 1200, closed: 3, left: 1197 },
    firstAnswered: { count: 1234, contradicted: 12 },
    findings: [
      { severity: 'critical', opened: 1_234_567, fixed: 1, open: 1_234_566 },
      { severity: 'high', opened: 0, fixed: 0, open: 12 },
      { severity: 'unknown', opened: 3, fixed: 2, open: 1 },
    ],
    evidence: [
      { title: LONG, state: 'new', day: '2026-07-03' },
      { title: ARABIC, state: 'renewed', day: '2026-08-03' },
      { title: 'Backup report', state: 'expired', day: '2026-09-03' },
    ],
    requests: [{ title: LONG, recipient: LONG, dueOn: '2026-09-01', isLate: true }],
    ending: [
      { kind: 'exception', title: LONG, owner: ARABIC, day: '2026-09-01', isOver: true },
      { kind: 'waiver', title: ARABIC, owner: LONG, day: '2026-11-01', isOver: false },
    ],
    subjectivities: [
      { title: LONG, owner: 'Ada Berg', dueOn: null, isLapsed: false },
      { title: 'S1: MFA', owner: LONG, dueOn: '2026-09-20', isLapsed: true },
    ],
    attested: [
      { form: LONG, lastOn: '2026-04-01', isApplication: true, next: null, nextOn: '2026-10-01' },
      {
        form: ARABIC,
        lastOn: '2026-04-01',
        isApplication: false,
        next: { first: '2026-07-01', last: '2026-09-30' },
        nextOn: '2026-09-30',
      },
    ],
    due: many(40, (index) => ({
      day: '2026-10-15',
      kind: 'request' as const,
      title: index % 5 === 0 ? LONG : `Entry ${index}`,
      owner: index % 2 === 0 ? LONG : null,
    })),
    actions: [
      { kind: 'fix', title: LONG, findings: 12_000, assets: 300 },
      { kind: 'remedy', title: ARABIC, answers: 1 },
    ],
  }
}
