/** The example blown up: many questions, names without a break, long explanations, scripts that the typefaces lack. */
import type { Statement } from '#app/report/statement.ts'
import { COVER_STATES } from '#app/report/statement-parts.ts'
import { exampleStatement, uuid } from './example-statement.ts'

const unbroken = (letter: string) => letter.repeat(200)

export function extremeStatement(): Statement {
  const example = exampleStatement()
  const [scan] = example.scans
  return {
    ...example,
    preparedBy: { ...example.preparedBy, name: unbroken('W') },
    client: {
      ...example.client,
      legalName: `${unbroken('M')}株式会社北海道フェリー ሰላም`,
      industry: unbroken('w'),
    },
    answers: Array.from({ length: 300 }, (_, index) => {
      const answer = example.answers[index % example.answers.length]
      if (!answer) throw new Error('The example has answers')
      const explanation =
        index % 50 === 0 ? 'Because the gateway is being replaced, step by step. '.repeat(70) : unbroken('i')
      return {
        ...answer,
        questionId: `question-${index}`,
        section: `${answer.section} ${index % 7 === 0 ? unbroken('S') : ''}`,
        item: `${1 + Math.floor(index / 20)}.${index}`,
        prompt: `${answer.prompt} ${index % 3 === 0 ? unbroken('q') : ''} (${index})`,
        shown: index % 4 === 0 ? unbroken('a') : answer.shown,
        answer: {
          state: 'answered' as const,
          value: { kind: 'yes-no' as const, choice: 'yes' as const },
          explanation,
        },
        answeredBy: unbroken('N'),
        exceptionId: answer.exceptionId && index < 11 ? answer.exceptionId : null,
      }
    }),
    controls: Array.from({ length: 60 }, (_, index) => ({
      id: `control-${index}`,
      label: index % 2 ? unbroken('c') : 'A control',
      domain: index % 20 === 0 ? unbroken('D') : 'Access',
      status: 'partly' as const,
      frameworks: {
        cis: Array.from({ length: 12 }, (_, n) => `${n}.${index}`),
        csf: ['PR.AA-03', unbroken('F')],
      },
      reasons: example.controls[1]?.reasons ?? [],
    })),
    evidence: Array.from({ length: 500 }, (_, index) => {
      const item = example.evidence[index % example.evidence.length] as Statement['evidence'][number]
      if (index >= example.evidence.length) return { ...item, revisionId: uuid(20_000 + index) }
      return { ...item, title: unbroken('t'), fileName: `${unbroken('f')}.csv`, collector: unbroken('k') }
    }),
    findings: example.findings && {
      ...example.findings,
      open: example.findings.open.map((row) => ({ ...row, upTo30Days: 1_000_000_000, older: 1 })),
    },
    coverage: {
      first: '2024-01-10',
      last: '2026-03-18',
      since: 'inception',
      isCut: true,
      controls: Array.from({ length: 60 }, (_, index) => ({
        controlId: `control-${index}`,
        segments: COVER_STATES.flatMap((state) =>
          Array.from({ length: 8 }, () => ({ state, days: index % 2 ? 16 : 2 })),
        ),
      })),
    },
    facts: Array.from({ length: 120 }, (_, index) => ({
      ...(example.facts[index % example.facts.length] as Statement['facts'][number]),
      id: uuid(10_000 + index),
      scope: { viewpoint: 'internal' as const, subject: unbroken('h') },
      value: index % 2 ? unbroken('v') : index,
    })),
    scans: scan
      ? Array.from({ length: 9 }, () => ({ ...scan, tool: unbroken('T'), assets: 1_000_000_000 }))
      : [],
    exceptions: example.exceptions.map((item) => ({
      ...item,
      scope: unbroken('s'),
      reason: unbroken('r'),
      compensatingControl: unbroken('x'),
      owner: unbroken('o'),
      approvedBy: unbroken('p'),
    })),
    gaps: Array.from({ length: 40 }, (_, index) => ({
      questionId: `question-${index}`,
      owner: unbroken('O'),
      dueOn: '2026-05-01',
    })),
    signers: example.signers.map((signer, index) => ({
      ...signer,
      name: unbroken(index === 0 ? 'Y' : 'U'),
      title: unbroken('Z'),
      organisation: unbroken('G'),
      declaration: 'I declare all of it. '.repeat(190),
    })),
  }
}
