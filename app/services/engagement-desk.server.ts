/** An application of an engagement on the desk of a signed-in member of the insurer or assessment firm. */
import type { Tx } from '#db/client.server.ts'
import * as engagements from '#db/queries/engagements.server.ts'
import * as reviews from '#db/queries/reviews.server.ts'
import { atHostOf } from './engagement-crossing.server.ts'
import { NotFoundError } from './errors.ts'
import { oneLine } from './guest-access.server.ts'
import { actorOf, type Member } from './member.ts'
import { openForAssessor, readPreview, readWhole } from './review-evidence.server.ts'
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
import { getRuntime } from './runtime.server.ts'
import type { Caller } from './sessions.server.ts'

/** Which desk: an application is on it only where the engagement names it. */
export interface DeskOf {
  engagementId: string
  applicationId: string
}

/** @throws NotFoundError for another application; RefusedError `engagement-over` */
async function asEngaged<T>(
  member: Member,
  { engagementId, applicationId }: DeskOf,
  strength: 'update' | 'share',
  work: (tx: Tx, assessor: Assessor) => Promise<T>,
): Promise<T> {
  return atHostOf(member, engagementId, async (tx, { organisationId, now }) => {
    const granted = await engagements.listEngagementApplications(tx, organisationId, [engagementId])
    const reviewId = granted.find((one) => one.granted.applicationId === applicationId)?.review?.id
    const review = reviewId ? await reviews.lockReview(tx, organisationId, reviewId, strength) : null
    if (!review) throw new NotFoundError('No such application in this engagement')
    const { name, email, userId, organisationName: firm } = member
    const actor = `${actorOf(member)}, ${firm}`
    const door = { engagementId, userId }
    return work(tx, { organisationId, review, name, firm, email, actor, door, at: now })
  })
}

export const visitEngaged = (member: Member, desk: DeskOf): Promise<ReviewVisit> =>
  asEngaged(member, desk, 'share', visitDesk)

/** @throws as `decideAtDesk` */
export const decideEngaged = (member: Member, desk: DeskOf, input: DecisionInput): Promise<DecideOutcome> =>
  asEngaged(member, desk, 'share', (tx, assessor) => decideAtDesk(tx, assessor, input))

/** @throws as `sampleAtDesk` */
export const sampleEngaged = (member: Member, desk: DeskOf, input: SampleInput): Promise<void> =>
  asEngaged(member, desk, 'update', (tx, assessor) => sampleAtDesk(tx, assessor, input))

/** @throws as `signOffAtDesk` */
export const signOffEngaged = (
  member: Member,
  desk: DeskOf,
  input: SignOffInput,
  caller: Caller,
): Promise<void> =>
  asEngaged(member, desk, 'update', (tx, assessor) => signOffAtDesk(tx, assessor, input, caller))

const takeEngaged = (
  member: Member,
  desk: DeskOf,
  opened: { revisionId: string; kind: 'viewed' | 'downloaded' },
  caller: Caller,
) =>
  asEngaged(member, desk, 'share', (tx, assessor) =>
    openForAssessor(tx, assessor, opened, () =>
      engagements.insertEngagementAccess(tx, {
        ...opened,
        organisationId: assessor.organisationId,
        id: getRuntime().newId(),
        engagementId: desk.engagementId,
        reviewId: assessor.review.id,
        memberName: member.name,
        memberEmail: member.email,
        at: assessor.at,
        address: oneLine(caller.address, 100),
        userAgent: oneLine(caller.userAgent, 200),
      }),
    ),
  )

/** @throws NotFoundError; RefusedError `engagement-over`; StoreError */
export const previewEngaged = async (member: Member, desk: DeskOf, revisionId: string, caller: Caller) =>
  readPreview(await takeEngaged(member, desk, { revisionId, kind: 'viewed' }, caller))

/** @throws RefusedError `read-only` and as above */
export const downloadEngaged = async (member: Member, desk: DeskOf, revisionId: string, caller: Caller) =>
  readWhole(await takeEngaged(member, desk, { revisionId, kind: 'downloaded' }, caller))
