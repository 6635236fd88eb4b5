/** What was seen: an observation for each piece of evidence and one for each fact that was read from it. */
import type { Statement } from '../statement.ts'
import { evidenceName } from './evidence-name.ts'
import type { Source } from './oscal-ids.ts'
import { line, moment, plainText, property, prose, withoutEmpty } from './oscal-text.ts'

type Evidence = Statement['evidence'][number]
type Fact = Statement['facts'][number]

export function observationsOf(source: Source) {
  const byRevision = new Map(source.statement.evidence.map((item) => [item.revisionId, item]))
  return [
    ...source.statement.evidence.map((item) => receiptOf(source, item)),
    ...source.statement.facts.map((fact) => factOf(source, fact, byRevision.get(fact.revisionId))),
  ]
}

function receiptOf(source: Source, item: Evidence) {
  const { statement, id } = source
  const scan = statement.scans.find(({ revisionId }) => revisionId === item.revisionId)
  return withoutEmpty({
    uuid: id('receipt', item.revisionId),
    title: line(item.title),
    description: prose(`${item.fileName}, ${item.sizeBytes} bytes, received at ${item.receivedAt}.`),
    props: [
      property('evidence-kind', item.kind),
      property('revision-id', item.revisionId),
      property('collector', item.collector),
      ...item.controlIds.map((controlId) => property('control-id', controlId)),
      ...(scan ? scanProperties(scan) : []),
    ],
    methods: [scan ? 'TEST' : 'EXAMINE'],
    types: ['control-objective'],
    origins: originsOf(source),
    'relevant-evidence': relevantEvidence(source, item),
    collected: moment(item.observedAt),
    expires: item.validUntil === null ? undefined : moment(item.validUntil),
  })
}

function scanProperties(scan: Statement['scans'][number]) {
  return [
    property('scan-tool', scan.tool),
    ...(scan.toolVersion === null ? [] : [property('scan-tool-version', scan.toolVersion)]),
    ...(scan.scanDate === null ? [] : [property('scan-date', scan.scanDate)]),
    property('scan-viewpoint', scan.viewpoint),
    property('scan-assets', scan.assets),
    ...(scan.credentialedAssets === null
      ? []
      : [property('scan-credentialed-assets', scan.credentialedAssets)]),
    ...Object.entries(scan.findings).map(([severity, count]) =>
      property('scan-findings', count ?? 0, severity),
    ),
  ]
}

function factOf(source: Source, fact: Fact, evidence: Evidence | undefined) {
  const { id, insured } = source
  const counts =
    fact.numerator === undefined || fact.denominator === undefined
      ? ''
      : `, ${fact.numerator} of ${fact.denominator}`
  const note = fact.note === undefined ? [] : [fact.note]
  return withoutEmpty({
    uuid: id('fact', fact.id),
    title: line(fact.key),
    description: prose(`${fact.key} is ${fact.value}${counts}, seen on ${fact.scope.subject}.`, ...note),
    props: [
      property('fact-id', fact.id),
      property('fact-key', fact.key),
      property('value', fact.value),
      ...(fact.numerator === undefined ? [] : [property('numerator', fact.numerator)]),
      ...(fact.denominator === undefined ? [] : [property('denominator', fact.denominator)]),
      property('completeness', fact.completeness),
      property('viewpoint', fact.scope.viewpoint),
      property('collector', fact.collector),
      property('evidence-kind', fact.evidenceKind),
    ],
    methods: [METHODS[fact.scope.viewpoint]],
    types: ['control-objective'],
    origins: originsOf(source),
    subjects: [{ 'subject-uuid': insured, type: 'party', title: line(fact.scope.subject) }],
    'relevant-evidence': evidence ? relevantEvidence(source, evidence) : [],
    collected: moment(fact.observedAt),
    expires: evidence?.validUntil ? moment(evidence.validUntil) : undefined,
  })
}

/** Scans and probes test; settings of a tenant and papers are examined. */
const METHODS = {
  external: 'TEST',
  internal: 'TEST',
  tenant: 'EXAMINE',
  statement: 'EXAMINE',
} as const satisfies Record<Fact['scope']['viewpoint'], string>

const originsOf = ({ preparer }: Source) => [
  { actors: [{ type: 'party', 'actor-uuid': preparer, 'role-id': 'preparer' }] },
]

function relevantEvidence({ id }: Source, item: Evidence) {
  return [
    {
      href: `#${id('evidence', item.revisionId)}`,
      description: prose(item.title),
      props: [property('sha256', item.sha256), property('file-name', item.fileName)],
    },
  ]
}

/** The observations behind reasons: their facts, and the evidence that they cite as a whole. */
export function relatedObservations(
  { statement, id }: Source,
  reasons: readonly { factIds: string[]; revisionIds: string[] }[],
) {
  const facts = new Set(reasons.flatMap(({ factIds }) => factIds))
  const revisions = new Set(reasons.flatMap(({ revisionIds }) => revisionIds))
  return [
    ...statement.evidence
      .filter(({ revisionId }) => revisions.has(revisionId))
      .map(({ revisionId }) => ({ 'observation-uuid': id('receipt', revisionId) })),
    ...statement.facts
      .filter((fact) => facts.has(fact.id))
      .map((fact) => ({ 'observation-uuid': id('fact', fact.id) })),
  ]
}

/** The files themselves: the form, the statement, and each piece of evidence by its hash. */
export function resourcesOf({ statement, statementSha256, id }: Source) {
  const { edition, evidence } = statement
  const hashes = (value: string) => [{ algorithm: 'SHA-256', value }]
  return [
    {
      uuid: id('form'),
      title: line(`${edition.formTitle}, edition ${edition.edition}`),
      description: prose(
        'The questionnaire that was answered. It stands in the place of an assessment plan; there is none in OSCAL.',
      ),
      props: [
        property('form-code', edition.formCode),
        property('form-edition', edition.edition),
        property('form-sha256', edition.sha256),
        property('catalogue-version', edition.catalogueVersion),
      ],
      citation: {
        text: line(
          `${edition.issuer}: ${edition.formTitle} (${edition.formCode}), edition ${edition.edition}, SHA-256 ${edition.sha256}`,
        ),
      },
    },
    {
      uuid: id('statement'),
      title: 'The statement that this file was written from',
      rlinks: [{ href: 'statement.json', 'media-type': 'application/json', hashes: hashes(statementSha256) }],
    },
    ...evidence.map((item) => ({
      uuid: id('evidence', item.revisionId),
      title: line(item.title),
      props: [
        property('evidence-kind', item.kind),
        property('file-name', item.fileName),
        property('size-bytes', item.sizeBytes),
      ],
      rlinks: [{ href: evidenceName(item), hashes: hashes(plainText(item.sha256)) }],
      remarks: 'Not part of the report. Whoever receives the file compares its hash.',
    })),
  ]
}
