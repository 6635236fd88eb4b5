/** Who signs a report, in which order, and in which field of the file. */
import type { Signer, Statement } from './statement.ts'
import type { Reviewer } from './statement-parts.ts'

export interface SignatureSlot {
  /** The name of the signature field; tells the signers of one report apart. */
  id: string
  signer: Signer
}

/** One field for each signer: named as the role, contributors with a number. */
export function slotsOf(signers: readonly Signer[]): SignatureSlot[] {
  let contributors = 0
  return signers.map((signer) => {
    if (signer.role !== 'contributor') return { id: signer.role, signer }
    contributors += 1
    return { id: `contributor-${contributors}`, signer }
  })
}

/** The answers a contributor signs for, by their items, in the order of the form. */
export function itemsOf({ answers }: Statement, { part }: Signer): string[] {
  const own = new Set(part?.questionIds)
  return answers.filter(({ questionId }) => own.has(questionId)).map(({ item }) => item)
}

/** Whoever reviewed the evidence without belonging to either side, and whether they sign for it. */
export function reviewerOf({ signers, reviewer }: Statement): (Reviewer & { signs: boolean }) | null {
  const signing = signers.find(({ role }) => role === 'reviewer')
  if (signing) return { name: signing.name, organisation: signing.organisation, signs: true }
  return reviewer ? { ...reviewer, signs: false } : null
}

export const ROLE_NAMES: Record<Signer['role'], string> = {
  'technical-contributor': 'Technical contributor',
  contributor: 'Contributor',
  reviewer: 'Independent reviewer',
  'insured-officer': 'Officer of the insured',
}

/** With the number where there can be several. */
export function nameOfSlot({ id, signer }: SignatureSlot): string {
  const number = signer.role === 'contributor' ? ` ${id.split('-').at(-1)}` : ''
  return `${ROLE_NAMES[signer.role]}${number}`
}

const RANK = { 'technical-contributor': 0, contributor: 1, reviewer: 2, 'insured-officer': 3 } as const

/** How many contributors may sign beside the technical one: a page holds their declarations. */
export const MOST_CONTRIBUTORS = 8

/**
 * What keeps these people from signing one report: the technical contributor certifies first and the insured's officer
 * attests last, contributors and one reviewer between them; nobody signs twice.
 */
export function listOrderFaults(signers: readonly Signer[], preparer: string): string[] {
  const ranks = signers.map(({ role }) => RANK[role])
  const numberOf = (role: Signer['role']) => signers.filter((signer) => signer.role === role).length
  const isOrdered = ranks.every((rank, index) => index === 0 || rank >= (ranks[index - 1] ?? 0))
  const faults: string[] = []
  if (!isOrdered || numberOf('technical-contributor') !== 1 || numberOf('insured-officer') !== 1)
    faults.push('The statement does not name a technical contributor and then an officer.')
  if (numberOf('reviewer') > 1) faults.push('The statement names more than one reviewer.')
  if (numberOf('contributor') > MOST_CONTRIBUTORS) faults.push('The statement names too many contributors.')
  const names = signers.map(({ name }) => name)
  if (new Set(names).size < names.length) faults.push('The statement names one person for two signatures.')
  const reviewer = signers.find(({ role }) => role === 'reviewer')
  if (reviewer?.organisation === preparer)
    faults.push('The reviewer belongs to the organisation that prepared the report.')
  if (signers.some(({ role, authority }) => authority && role !== 'reviewer'))
    faults.push('Only a reviewer may sign under the authority of another organisation.')
  return faults
}
