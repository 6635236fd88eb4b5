import { RefusedError } from './errors.ts'

/** What an organisation does here: an MSP prepares applications, the others review what an MSP grants them. */
export const ORGANISATION_KINDS = ['msp', 'assessor', 'insurer'] as const
export type OrganisationKind = (typeof ORGANISATION_KINDS)[number]

/** Who is acting, and for which organisation: the first argument of every service. */
export interface Member {
  userId: string
  name: string
  email: string
  organisationId: string
  organisationName: string
  organisationKind: OrganisationKind
  organisationIsDemo: boolean
  role: 'owner' | 'technician'
  /** They gave a second factor in this session, when they signed in or by setting one up. */
  hasSecondFactor: boolean
}

/** How the ledger names a person. */
export function actorOf(member: Pick<Member, 'name' | 'email'>): string {
  return `${member.name} <${member.email}>`
}

/**
 * @param what only an owner does, as it follows “of the organisation”
 * @throws RefusedError `owner`
 */
export function requireOwner({ role }: Member, what: string): void {
  if (role !== 'owner') throw new RefusedError('owner', `Only an owner of the organisation ${what}. Ask one.`)
}
