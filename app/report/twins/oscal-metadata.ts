/** Who took part, and what the file is: OSCAL's metadata and the declarations of the signers. */
import { slotsOf } from '../signing-order.ts'
import type { Signer } from '../statement.ts'
import type { Source } from './oscal-ids.ts'
import { line, moment, plainText, property, prose, token, withoutEmpty } from './oscal-text.ts'

/** Of how the file follows from the statement. Another way of writing it is another number. */
const BUILDER = 1
const OSCAL_VERSION = '1.2.1'
const SCHEME = 'https://attested.example/ns/id'

const ROLES = [
  { id: 'preparer', title: 'Preparer', description: 'Collected the evidence and prepared the application' },
  { id: 'insured', title: 'Insured', description: 'The organisation whose readiness is stated' },
  { id: 'form-issuer', title: 'Issuer of the form', description: 'Wrote the questions that were answered' },
  {
    id: 'technical-contributor',
    title: 'Technical contributor',
    description: 'Certifies the technical facts and the evidence by the first signature',
  },
  {
    id: 'insured-officer',
    title: 'Officer of the insured',
    description: 'Attests the answers by the second signature',
  },
]

const FURTHER_ROLES = [
  { id: 'contributor', title: 'Contributor', description: 'Signs for the answers that they contributed' },
  { id: 'reviewer', title: 'Independent reviewer', description: 'Reviewed the evidence; of neither side' },
]

/** Two people sign most reports; the words on those stay as they always were. */
function rolesOf(signers: readonly Signer[]) {
  const further = FURTHER_ROLES.filter(({ id }) => signers.some(({ role }) => role === id))
  if (further.length === 0) return ROLES
  const officer = { description: 'Attests the answers by the last signature' }
  return [
    ...ROLES.map((role) => (role.id === 'insured-officer' ? { ...role, ...officer } : role)),
    ...further,
  ]
}

export function metadataOf(source: Source) {
  const { statement, statementSha256 } = source
  const { reportId, createdAt, client, edition, ledgerHead, signers, language } = statement
  return {
    title: line(`Readiness of ${client.legalName}: ${edition.formTitle}, edition ${edition.edition}`),
    published: moment(createdAt),
    'last-modified': moment(createdAt),
    version: '1.0',
    'oscal-version': OSCAL_VERSION,
    'document-ids': [{ scheme: SCHEME, identifier: `report ${reportId}` }],
    props: [
      property('builder', BUILDER),
      property('statement-sha256', statementSha256),
      property('ledger-sequence', ledgerHead.sequence),
      property('ledger-hash', ledgerHead.hash),
      // OSCAL has no member for it. Titles and remarks of this file are English in every language.
      ...(language === undefined ? [] : [property('language', language)]),
    ],
    roles: rolesOf(signers),
    parties: partiesOf(source),
    'responsible-parties': [
      { 'role-id': 'preparer', 'party-uuids': [source.preparer] },
      { 'role-id': 'insured', 'party-uuids': [source.insured] },
      { 'role-id': 'form-issuer', 'party-uuids': [source.issuer] },
      ...partiesByRole(source),
    ],
    remarks: prose(
      'Written from the statement of a signed readiness report by a fixed rule. Where the two differ in wording, the statement holds: texts were shortened to one line and empty ones replaced.',
    ),
  }
}

/** OSCAL wants each role once, with all who hold it. */
function partiesByRole({ statement, signer }: Source) {
  const slots = slotsOf(statement.signers)
  return [...new Set(slots.map((slot) => slot.signer.role))].map((role) => ({
    'role-id': role,
    'party-uuids': slots.filter((slot) => slot.signer.role === role).map(({ id }) => signer(id)),
  }))
}

function partiesOf(source: Source) {
  const { statement, preparer, insured, issuer, signer } = source
  const { preparedBy, client, edition, signers } = statement
  const organisation = (uuid: string, name: string, id: string | null, props: unknown[] = []) =>
    withoutEmpty({
      uuid,
      type: 'organization',
      name: plainText(name),
      'external-ids': id === null ? [] : [{ scheme: SCHEME, id }],
      props,
    })
  return [
    organisation(preparer, preparedBy.name, preparedBy.organisationId),
    organisation(insured, client.legalName, client.id, [
      ...client.domains.map((domain) => property('domain', domain)),
      ...(client.industry === null ? [] : [property('industry', client.industry)]),
      ...(client.headcount === null ? [] : [property('headcount', client.headcount)]),
    ]),
    organisation(issuer, edition.issuer, null),
    ...slotsOf(signers).map(({ id, signer: person }) =>
      withoutEmpty({
        uuid: signer(id),
        type: 'person',
        name: plainText(person.name),
        props: [property('title', person.title), property('organisation', person.organisation)],
        'email-addresses': emailOf(person),
        'member-of-organizations': organisationOf(person, source),
      }),
    ),
  ]
}

/** None where it is neither of the two sides. */
function organisationOf({ role, organisation }: Signer, { statement, insured, preparer }: Source): string[] {
  if (role === 'insured-officer') return [insured]
  if (role === 'technical-contributor') return [preparer]
  if (organisation === statement.client.legalName) return [insured]
  return organisation === statement.preparedBy.name ? [preparer] : []
}

function emailOf({ email }: Signer): string[] {
  return email !== null && /^[^\s\p{Cc}]+@[^\s\p{Cc}]+$/u.test(email) ? [email] : []
}

/** What each of them declares by signing. */
export function attestationsOf({ statement, id, signer }: Source) {
  return slotsOf(statement.signers).map(({ id: slot, signer: { role, declaration } }) => ({
    'responsible-parties': [{ 'role-id': token(role), 'party-uuids': [signer(slot)] }],
    parts: [
      {
        uuid: id('declaration', slot),
        name: 'declaration',
        ns: 'https://attested.example/ns/oscal',
        prose: prose(declaration),
      },
    ],
  }))
}
