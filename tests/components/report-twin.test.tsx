/** The page that stands beside a report's PDF leaves nothing of the statement out. */
import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { StatementAnswers, StatementControls } from '#app/components/report/statement-answers.tsx'
import {
  StatementCoverage,
  StatementFindings,
  StatementGlance,
  StatementWho,
} from '#app/components/report/statement-overview.tsx'
import { StatementSources } from '#app/components/report/statement-sources.tsx'
import { readingOf } from '#app/report/pdf/account.ts'
import type { Statement } from '#app/report/statement.ts'
import { exampleStatement } from '../report/example-statement.ts'
import { scriptsStatement } from '../report/scripts-statement.ts'

const PARTS = [
  StatementGlance,
  StatementControls,
  StatementFindings,
  StatementCoverage,
  StatementAnswers,
  StatementWho,
  StatementSources,
]

const ENTITIES = { '&amp;': '&', '&quot;': '"', '&#x27;': "'", '&lt;': '<', '&gt;': '>' } as const

function textOf(statement: Statement): string {
  const reading = readingOf(statement)
  return PARTS.map((part) => renderToStaticMarkup(createElement(part, { reading })))
    .join(' ')
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/&(?:amp|quot|#x27|lt|gt);/g, (entity) => ENTITIES[entity as keyof typeof ENTITIES])
    .replaceAll(/\s+/g, ' ')
}

test.each([
  ['the example', exampleStatement],
  ['names in eight scripts', scriptsStatement],
])('of %s, every text that people wrote or read stands on the page', (_name, make) => {
  const statement = make()
  const text = textOf(statement)
  const said = [
    ...statement.answers.flatMap(({ prompt, shown, answer, reasons, answeredBy }) => [
      prompt,
      shown,
      answeredBy ?? '',
      answer?.explanation ?? '',
      ...reasons.map(({ sentence }) => sentence),
    ]),
    ...statement.controls.flatMap(({ label, reasons }) => [
      label,
      ...reasons.map(({ sentence }) => sentence),
    ]),
    ...statement.exceptions.flatMap(({ reason, compensatingControl, scope, owner, approvedBy }) => [
      reason,
      compensatingControl,
      scope ?? '',
      owner,
      approvedBy,
    ]),
    ...statement.evidence.flatMap(({ title, fileName, sha256, collector }) => [
      title,
      fileName,
      sha256,
      collector,
    ]),
    ...statement.facts.map(({ scope }) => scope.subject),
    ...statement.signers.flatMap(({ name, title, organisation, declaration }) => [
      name,
      title,
      organisation,
      declaration,
    ]),
  ]
  for (const words of said) expect(text).toContain(words.replaceAll(/\s+/g, ' '))
})

test('the page and the pages of the PDF use the same sentences', () => {
  const text = textOf(exampleStatement())
  for (const words of [
    '13 critical or high findings have been open for more than 30 days.',
    '13 days contradicted, 66 days excepted',
    'Brightwater Managed Services judges its own work',
    'Without any evidence are: Second factor for privileged accounts',
    'Ingeborg Østergård-Nakamura',
  ]) {
    expect(text).toContain(words)
  }
})
