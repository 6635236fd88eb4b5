import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DownloadLink } from '#app/components/download-link.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { questionPlaces } from '#app/components/questionnaire/question-places.ts'
import { InviteForm } from '#app/components/review/invite-form.tsx'
import { ReviewTable } from '#app/components/review/review-table.tsx'
import { ToAnswer } from '#app/components/review/to-answer.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { InviteInput, ReplyInput } from '#app/services/review-input.ts'
import { getReviews, inviteAssessor, replyToDecision } from '#app/services/reviews.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const found = await answering(() => getReviews(member, applicationId))
  const { desk, edition } = found
  const places = questionPlaces(edition, applicationId)
  const decided = desk.items.filter(({ decisions }) => decisions.length > 0)
  return {
    applicationId,
    sections: edition.sections.map(({ id, title }) => ({ id, title })),
    lastDay: found.lastDay,
    reviews: found.reviews.map(({ row, state, lastSeenAt, decided: count }) => ({
      id: row.id,
      assessorName: row.assessorName,
      assessorFirm: row.assessorFirm,
      state,
      opinion: row.opinion,
      decided: count,
      expiresAt: row.expiresAt,
      lastSeenAt,
    })),
    questions: desk.items.length,
    reviewed: desk.items.filter(({ standing }) => standing).length,
    hasDecisions: decided.length > 0,
    toAnswer: decided.flatMap(({ questionId, item, prompt, shown, decisions }) => {
      const last = decisions.at(-1)
      if (!last || last.kind.startsWith('accepted')) return []
      const href = places.get(questionId)?.href ?? `/applications/${applicationId}/sections`
      const askHref = `/clients/${desk.clientId}/requests/new?question=${applicationId}/${questionId}`
      return [{ questionId, item, prompt, shown, decisions, href, askHref }]
    }),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const values = formValues(await readForm(request))
  if (values.intent === 'reply') {
    const parsed = parseWith(ReplyInput, values)
    if (!parsed.ok) {
      const wrongReply = { decisionId: String(values.decisionId), fieldErrors: parsed.fieldErrors }
      return data({ wrongReply }, { status: 400 })
    }
    return acting(async () => {
      await replyToDecision(member, applicationId, parsed.input)
      return { told: 'Reply sent' }
    })
  }
  const parsed = parseWith(InviteInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    const { delivery } = await inviteAssessor(member, applicationId, parsed.input, publicOrigin(request))
    const { assessorName } = parsed.input
    return delivery === 'mail-server'
      ? { told: `${assessorName} is invited; the mail is on its way` }
      : { told: `${assessorName} is invited; the mail waits in the outbox for you to hand over` }
  })
}

export default function ApplicationReviewPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { reviews, toAnswer } = page
  return (
    <>
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {reply && 'told' in reply ? <Notice kind="success" announce title={reply.told} /> : null}
      {reviews.length > 0 ? (
        <PageSection
          title={`Assessors (${reviews.length})`}
          lead={`${page.reviewed} of ${page.questions} answers have a decision that still stands.`}
          actions={
            page.hasDecisions ? (
              <DownloadLink look="small" href={`/applications/${page.applicationId}/review/export`}>
                Export decisions
              </DownloadLink>
            ) : undefined
          }
        >
          <ReviewTable reviews={reviews} />
        </PageSection>
      ) : null}
      {page.hasDecisions ? (
        <PageSection
          title={`To be answered (${toAnswer.length})`}
          lead="Asked, rejected, or said to contradict something. An answer or evidence that changes is shown to the assessor as changed."
        >
          {toAnswer.length === 0 ? (
            <p className="text-ink-soft">Nothing is open: every decision accepts the answer.</p>
          ) : (
            <ToAnswer
              answers={toAnswer}
              wrong={reply && 'wrongReply' in reply ? reply.wrongReply : undefined}
            />
          )}
        </PageSection>
      ) : null}
      <PageSection
        title="Invite an assessor"
        lead={
          <>
            An underwriter’s or an independent assessor sees this one application, each answer with its
            evidence beside it, and decides on each. They need no account: a link and a one-time code open it.
            Mails wait in the <TextLink to="/outbox">outbox</TextLink> where no mail server is configured. For
            a whole organisation with accounts of its own,{' '}
            <TextLink to={`/engagements/new?application=${page.applicationId}`}>offer an engagement</TextLink>
            .
          </>
        }
      >
        <InviteForm
          // What was sent leaves the fields.
          key={reviews.length}
          sections={page.sections}
          lastDay={page.lastDay}
          fieldErrors={reply && 'fieldErrors' in reply ? reply.fieldErrors : {}}
        />
      </PageSection>
    </>
  )
}
