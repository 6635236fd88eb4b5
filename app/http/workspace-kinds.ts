/** Which pages belong to which kind of organisation: the one place where that is decided. */
import { redirect } from '@remix-run/node'
import type { OrganisationKind } from '#app/services/member.ts'
import { errorReply } from './error-reply.ts'

/** First parts of paths. */
const FOR_EVERYBODY = ['account', 'ledger', 'signing-keys', 'outbox']
const FOR_REVIEWERS = ['portfolio']

const isReviewer = (kind: OrganisationKind) => kind !== 'msp'

/** Where the workspace begins. */
export const homeOf = (kind: OrganisationKind) => (isReviewer(kind) ? '/portfolio' : '/clients')

/**
 * @param pathname of a page behind sign-in
 * @throws a redirect from the way in, which leads to the MSP's clients, to the own one; 403 for every other page of
 *   another kind of organisation
 */
export function requireOwnPages(pathname: string, kind: OrganisationKind): void {
  const [first = ''] = pathname
    .replace(/^\/+/, '')
    .replace(/\.data$/, '')
    .split('/')
  if (FOR_EVERYBODY.includes(first)) return
  if (FOR_REVIEWERS.includes(first) === isReviewer(kind)) return
  if (/^\/clients(\.data)?$/.test(pathname)) throw redirect(homeOf(kind))
  throw errorReply(
    isReviewer(kind)
      ? 'This page is for organisations that prepare applications. What your organisation was asked to review stands in its portfolio.'
      : 'This page is for insurers and assessment firms. What your organisation prepares stands under its clients.',
    403,
  )
}
