/**
 * The statement as OSCAL assessment results (NIST, version 1.2.1), for programs of governance and risk.
 * Pure and without chance: the verifier writes the file again from the statement and compares every byte. Therefore
 * a change here makes signed reports fail: another way of writing needs a builder number and a place of its own.
 */
import { canonicalJson } from '#evidence/canonical.ts'
import type { Statement } from '../statement.ts'
import { findingsOf, reviewedControls } from './oscal-findings.ts'
import { type Source, sourceOf } from './oscal-ids.ts'
import { attestationsOf, metadataOf } from './oscal-metadata.ts'
import { observationsOf, resourcesOf } from './oscal-observations.ts'
import { risksOf } from './oscal-risks.ts'
import { line, moment, property, prose, withoutEmpty } from './oscal-text.ts'

/** The whole file as text. */
export function assessmentResults(statement: Statement): string {
  const source = sourceOf(statement)
  return canonicalJson({
    'assessment-results': {
      uuid: source.id('document'),
      metadata: metadataOf(source),
      'import-ap': {
        href: `#${source.id('form')}`,
        remarks: prose(
          'OSCAL asks for an assessment plan. There is none: what was to be found out is what the questionnaire asks, so this points to the edition of the questionnaire, named with its hash in the back matter.',
        ),
      },
      results: [resultOf(source)],
      'back-matter': { resources: resourcesOf(source) },
    },
  })
}

function resultOf(source: Source) {
  const { statement, id } = source
  const { client, answers, controls } = statement
  return withoutEmpty({
    uuid: id('result'),
    title: line(`Readiness of ${client.legalName}`),
    description: prose(
      `${answers.length} answers weighed against ${statement.evidence.length} pieces of evidence, for ${controls.length} controls.`,
    ),
    start: startOf(statement),
    end: moment(statement.createdAt),
    props: countProperties(statement),
    'reviewed-controls': reviewedControls(statement),
    attestations: attestationsOf(source),
    observations: observationsOf(source),
    risks: risksOf(source),
    findings: findingsOf(source),
  })
}

/** When the oldest evidence was collected; when the application was begun, where there is none. */
function startOf({ application, evidence, facts, createdAt }: Statement): string {
  const collected = [...evidence, ...facts].map(({ observedAt }) => moment(observedAt))
  const [first = moment(application.createdAt)] = collected.sort()
  const end = moment(createdAt)
  return [first, end].sort()[0] ?? end
}

function countProperties({ answers, controls }: Statement) {
  const count = <T extends { status: string }>(name: string, items: readonly T[]) => {
    const counts = new Map<string, number>()
    for (const { status } of items) counts.set(status, (counts.get(status) ?? 0) + 1)
    return [...counts].sort().map(([status, number]) => property(name, number, status))
  }
  return [...count('answers', answers), ...count('controls', controls)]
}
