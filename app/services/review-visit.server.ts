/** The door of an assessor who came by link: what they do behind it is that of `review-work.server.ts`. */
import type { Tx } from '#db/client.server.ts'
import * as reviews from '#db/queries/reviews.server.ts'
import type { Key } from './attestation-door.server.ts'
import { NotFoundError } from './errors.ts'
import { atGuestDoor, requireOpenGuest } from './guest-door.server.ts'
import type { DecisionInput, SampleInput, SignOffInput } from './review-input.ts'
import {
  type Assessor,
  type DecideOutcome,
  decideAtDesk,
  type ReviewVisit,
  sampleAtDesk,
  signOffAtDesk,
  visitDesk,
} from './review-work.server.ts'
import type { Caller } from './sessions.server.ts'

/**
 * Lets the assessor in whose code was entered. An invitation that was revoked or ended has no open door any more.
 * @throws NotFoundError; RefusedError `code-needed`, `link`
 */
export async function asInvited<T>(
  key: Key,
  strength: 'update' | 'share',
  work: (tx: Tx, assessor: Assessor & { door: { linkId: string } }) => Promise<T>,
): Promise<T> {
  return atGuestDoor('review', key, async (tx, door, at) => {
    requireOpenGuest(door)
    const { organisationId, link } = door
    const review = await reviews.lockReview(tx, organisationId, link.subjectId, strength)
    if (!review) throw new NotFoundError('No such review')
    const { assessorName: name, assessorFirm: firm, assessorEmail: email } = review
    const actor = `${name}, ${firm} <${email}>, by link`
    return work(tx, { organisationId, review, name, firm, email, actor, door: { linkId: link.id }, at })
  })
}

export const visitReview = (key: Key): Promise<ReviewVisit> => asInvited(key, 'share', visitDesk)

/** @throws as `decideAtDesk` */
export const decide = (key: Key, input: DecisionInput): Promise<DecideOutcome> =>
  asInvited(key, 'share', (tx, assessor) => decideAtDesk(tx, assessor, input))

/** @throws as `sampleAtDesk` */
export const takeSample = (key: Key, input: SampleInput): Promise<void> =>
  asInvited(key, 'update', (tx, assessor) => sampleAtDesk(tx, assessor, input))

/** @throws as `signOffAtDesk` */
export const signOffReview = (key: Key, input: SignOffInput, caller: Caller): Promise<void> =>
  asInvited(key, 'update', (tx, assessor) => signOffAtDesk(tx, assessor, input, caller))
