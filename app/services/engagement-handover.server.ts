/** How an assessment firm ends its work: with an opinion, what it decided and what remains open, frozen on both sides. */
import type { Tx } from '#db/client.server.ts'
import * as engagements from '#db/queries/engagements.server.ts'
import { listDecisions, type ReviewRow } from '#db/queries/reviews.server.ts'
import { endBoth } from './engagement-acceptance.server.ts'
import { acrossEngagement, getHeld, over } from './engagement-crossing.server.ts'
import type { HandoverInput } from './engagement-input.ts'
import { stateOfEngagement } from './engagement-rules.ts'
import { getEngagement } from './engagements.server.ts'
import { NotFoundError, RefusedError } from './errors.ts'
import { writeHandover } from './handover-text.ts'
import { type Member, requireOwner } from './member.ts'
import { readDesk } from './review-desk.server.ts'

type Assessed = engagements.Handover['applications'][number]

/** @throws NotFoundError; RefusedError `owner`, `kind`, `engagement-over`, `nothing-decided` */
export async function handOver(
  member: Member,
  engagementId: string,
  { opinion, summary }: HandoverInput,
): Promise<void> {
  requireOwner(member, 'hands an assessment over')
  const { hostOrganisationId: hostId } = await getHeld(member, engagementId)
  await acrossEngagement({ hostId, engagementId, guest: member }, async (crossing) => {
    const { tx, engagement, now } = crossing
    const state = stateOfEngagement(engagement, now)
    if (state !== 'accepted') throw over(state)
    if (engagement.kind !== 'independent-assessment')
      throw new RefusedError(
        'kind',
        'Only an independent assessment is handed over. End the engagement instead.',
      )
    const applications: Assessed[] = []
    for (const { review } of await engagements.listEngagementApplications(tx, hostId, [engagementId]))
      if (review) applications.push(await assessed(tx, hostId, review))
    if (!applications.some(({ decided }) => decided > 0))
      throw new RefusedError('nothing-decided', 'Nothing is decided yet. Look at the answers first.')
    const handover = {
      opinion,
      summary,
      byName: member.name,
      byEmail: member.email,
      at: now.toISOString(),
      applications,
    }
    await endBoth(crossing, member, 'guest', 'Handed over', handover)
  })
}

/** Only what this firm decided counts as decided; whatever else stands there is no work of theirs. */
async function assessed(tx: Tx, organisationId: string, review: ReviewRow): Promise<Assessed> {
  const { clientName, form, items } = await readDesk(tx, organisationId, review.applicationId, review)
  const decisions = await listDecisions(tx, organisationId, review.applicationId)
  const theirs = new Set(decisions.filter(({ reviewId }) => reviewId === review.id).map(({ id }) => id))
  const stands = items.map((item) => ({
    item,
    own: item.standing && theirs.has(item.standing.id) ? item.standing : null,
  }))
  const byKind: Assessed['byKind'] = {}
  for (const { own } of stands) if (own) byKind[own.kind] = (byKind[own.kind] ?? 0) + 1
  return {
    applicationId: review.applicationId,
    clientName,
    formTitle: form.title,
    edition: form.edition,
    questions: items.length,
    decided: stands.filter(({ own }) => own).length,
    byKind,
    open: stands
      .filter(({ own }) => !own?.kind.startsWith('accepted'))
      .map(({ item, own }) => ({
        item: item.item,
        prompt: item.prompt,
        kind: own?.kind ?? null,
        note: own?.note ?? '',
      })),
  }
}

/** As a plain text, from the host's own row. @throws NotFoundError where nothing was handed over */
export async function handoverForHost(member: Member, engagementId: string): Promise<string> {
  const { engagement, hostName } = await getEngagement(member, engagementId)
  const { handover, guestName, declaration } = engagement
  if (!handover || !guestName || !declaration) throw nothingHandedOver()
  return writeHandover(handover, { hostName, guestName, declaration })
}

/** As above, from the firm's own row, which needs nothing of the host's any more. @throws NotFoundError */
export async function handoverForGuest(member: Member, engagementId: string): Promise<string> {
  const { handover, hostName, declaration } = await getHeld(member, engagementId)
  if (!handover) throw nothingHandedOver()
  return writeHandover(handover, { hostName, guestName: member.organisationName, declaration })
}

const nothingHandedOver = () => new NotFoundError('Nothing was handed over')
