/** Who will sign a report: the people whom the preparer names, and what each of them declares. */
import type { Words } from '#app/report/language/words.ts'
import { listOrderFaults } from '#app/report/signing-order.ts'
import type { Signer } from '#app/report/statement.ts'
import type { Reviewer } from '#app/report/statement-parts.ts'
import type { Edition } from '#questionnaires/definition.ts'
import { isSameName } from './attestation-rules.ts'
import { RefusedError } from './errors.ts'
import type { Member } from './member.ts'
import type { PrepareReportInput } from './report-input.ts'

interface SigningSources {
  member: Pick<Member, 'name' | 'email' | 'organisationName'>
  input: PrepareReportInput
  edition: Edition
  /** The insured's legal name. */
  insured: string
  /** Ids of the questions that apply. */
  applicable: readonly string[]
  words: Words
  /** Of the certificate that the preparing organisation brought, where it has one. */
  certificates: Pick<Signer, 'certificates'>
  /** Of the reviewer's own firm, where it signs for its own assessment. */
  reviewerAuthority?: Signer['authority']
}

/**
 * In the order of signing.
 * @throws RefusedError `same-signer` when one person would sign twice, `role` for a role the edition does not let
 *   sign, `reviewer` for one who is not independent, `part` for a contributor without answers
 */
export function signersOf(sources: SigningSources): Signer[] {
  const { member, input, edition, insured, words } = sources
  const role = edition.declaration.signerRoles.find(({ id }) => id === input.officerRole)
  if (!role) throw new RefusedError('role', 'This edition does not accept a signature from that role.')
  const signers: Signer[] = [
    {
      role: 'technical-contributor',
      name: member.name,
      title: input.contributorTitle,
      organisation: member.organisationName,
      email: member.email,
      declaration: words.say('declaration.technical'),
      ...sources.certificates,
    },
    ...(input.contributors ?? []).map(({ sections, ...person }) => ({
      role: 'contributor' as const,
      ...person,
      declaration: words.say('declaration.contributor'),
      part: { questionIds: questionsIn(sources, person.name, sections) },
    })),
    ...signingReviewer(sources),
    {
      role: 'insured-officer',
      name: input.officerName,
      title: `${input.officerTitle} (${role.label})`,
      organisation: insured,
      email: input.officerEmail,
      declaration: edition.declaration.text,
    },
  ]
  refuseTwice(signers)
  const [fault] = listOrderFaults(signers, member.organisationName)
  if (fault) throw new RefusedError('signers', fault)
  return signers
}

function questionsIn({ edition, applicable }: SigningSources, name: string, sections: string[]): string[] {
  const chosen = edition.sections.filter(({ id }) => sections.includes(id))
  const ids = chosen.flatMap(({ questions }) => questions.map(({ id }) => id))
  const applying = ids.filter((id) => applicable.includes(id))
  if (applying.length === 0)
    throw new RefusedError('part', `No question of the chosen sections applies: choose others for ${name}.`)
  return applying
}

/** With an address the reviewer signs; without one they are only named. */
function signingReviewer({ input, words, reviewerAuthority: authority }: SigningSources): Signer[] {
  const { reviewerName, reviewerOrganisation, reviewerTitle, reviewerEmail } = input
  if (!reviewerName || !reviewerOrganisation || !reviewerTitle || !reviewerEmail) return []
  const declaration = words.say('declaration.reviewer')
  return [
    {
      role: 'reviewer',
      name: reviewerName,
      title: reviewerTitle,
      organisation: reviewerOrganisation,
      email: reviewerEmail,
      declaration,
      ...(authority ? { authority } : {}),
    },
  ]
}

/** One mailbox opens one link: who shares it could sign for the other. */
function refuseTwice(signers: readonly Signer[]): void {
  for (const [index, signer] of signers.entries()) {
    const twin = signers
      .slice(0, index)
      .find(({ name, email }) => isSameName(name, signer.name) || email === signer.email)
    if (!twin) continue
    throw new RefusedError(
      'same-signer',
      twin.role === 'technical-contributor' && signer.role === 'insured-officer'
        ? 'Nobody signs for both sides. Name an officer of the insured, not yourself.'
        : `Nobody signs twice: ${twin.name} and ${signer.name} have the same name or the same e-mail address.`,
    )
  }
}

/**
 * The reviewer that the preparer names.
 * @throws RefusedError `reviewer` for one of either side, or for somebody who contributed
 */
export function namedReviewer(
  member: Pick<Member, 'name' | 'organisationName'>,
  input: PrepareReportInput,
  insured: string,
): Reviewer | undefined {
  const { reviewerName: name, reviewerOrganisation: organisation } = input
  if (!name || !organisation) return undefined
  const sides = [member.organisationName, insured].map((side) => side.toLowerCase())
  const others = [member.name, input.officerName, ...(input.contributors ?? []).map((person) => person.name)]
  if (sides.includes(organisation.toLowerCase()) || others.some((other) => isSameName(name, other))) {
    throw new RefusedError(
      'reviewer',
      'An independent reviewer belongs neither to your organisation nor to the insured nor to those who sign. Name another, or nobody.',
    )
  }
  return { name, organisation }
}
