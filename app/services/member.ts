/** Who is acting, and for which organisation: the first argument of every service. */
export interface Member {
  userId: string
  name: string
  email: string
  organisationId: string
  organisationName: string
  organisationIsDemo: boolean
  role: 'owner' | 'technician'
}

/** How the ledger names a person. */
export function actorOf(member: Member): string {
  return `${member.name} <${member.email}>`
}
