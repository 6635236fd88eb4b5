/** Who at the client answers which questions of an application, and what they gave. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs } from '@remix-run/node'
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react'
import { useEffect, useRef } from 'react'
import { AssignForm } from '#app/components/assignment/assign-form.tsx'
import { QuestionFilters } from '#app/components/assignment/question-filters.tsx'
import { WaitingAnswers } from '#app/components/assignment/waiting-answers.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { typedTextsOf } from '#app/components/typed-texts.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { AssignmentChange, QuestionFilter } from '#app/services/assignment-input.ts'
import { getAssignmentPage } from '#app/services/assignment-page.server.ts'
import { acceptAssignment, returnAssignment } from '#app/services/assignment-review.server.ts'
import { assignQuestions, takeBackAssignments } from '#app/services/assignments.server.ts'

const typedTexts = typedTextsOf(['recipientName', 'recipientEmail', 'dueOn', 'note'])

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const filter = QuestionFilter.parse(Object.fromEntries(new URL(request.url).searchParams))
  const page = await answering(() => getAssignmentPage(member, applicationId, filter))
  return { ...page, applicationId, filter }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const values = formValues(await readForm(request))
  // A list without a tick is not in the form at all.
  const parsed = parseWith(AssignmentChange, { questionIds: [], ...values })
  if (!parsed.ok) {
    const { fieldErrors } = parsed
    const intent = String(values.intent ?? '')
    const assignmentId = String(values.assignmentId ?? '')
    return data({ fieldErrors, typed: typedTexts(values), intent, assignmentId }, { status: 400 })
  }
  const { input } = parsed
  return acting(async () => {
    switch (input.intent) {
      case 'assign': {
        const { intent: _, ...asked } = input
        const { count, delivery } = await assignQuestions(member, applicationId, asked, publicOrigin(request))
        const isKept = delivery === 'preparer'
        return { told: assignedWords(count, asked.recipientName, delivery), isKept }
      }
      case 'take-back': {
        const count = await takeBackAssignments(member, applicationId, input.questionIds)
        return { told: `${count === 1 ? 'One question' : `${count} questions`} taken back` }
      }
      case 'accept':
        await acceptAssignment(member, input)
        return { told: 'Accepted: it is the answer on file now' }
      case 'return':
        await returnAssignment(member, input)
        return { told: 'Returned: they see why in their room' }
    }
  })
}

function assignedWords(count: number, name: string, delivery: 'mail-server' | 'preparer'): string {
  const questions = count === 1 ? 'One question' : `${count} questions`
  return delivery === 'mail-server'
    ? `${questions} assigned; the mail to ${name} is on its way`
    : `${questions} assigned; the mail to ${name} waits in the outbox for you to hand over`
}

/** What was refused because something changed is only understood beside what it is now. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate

export default function ApplicationPeoplePage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { applicationId, filter, counts, questions, waiting, isFrozen, isArchived } = page
  const here = `/applications/${applicationId}/people`
  const wrong = reply && 'fieldErrors' in reply ? reply : undefined
  const told = reply && 'told' in reply ? reply.told : undefined
  const notice = useRef<HTMLDivElement>(null)
  // The button stands below a long list, and the list is shorter afterwards: what happened is said at the top.
  useEffect(() => {
    if (reply && 'told' in reply) notice.current?.focus()
  }, [reply])
  return (
    <>
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {told ? (
        <div ref={notice} tabIndex={-1} className="scroll-mt-6 outline-none">
          <Notice kind="success" announce title={told}>
            {reply && 'isKept' in reply && reply.isKept ? (
              <TextLink to="/outbox">Open the outbox</TextLink>
            ) : null}
          </Notice>
        </div>
      ) : null}
      {waiting.length > 0 && !isFrozen ? (
        <WaitingAnswers
          applicationId={applicationId}
          waiting={waiting}
          wrong={wrong?.intent === 'return' ? wrong : undefined}
        />
      ) : null}
      <PageSection
        title="Who answers what"
        lead={
          <>
            Put questions to the people at the client who know: finance, HR, whoever signs contracts. They
            answer from a link, without an account. Their links stand under{' '}
            <TextLink to={`/clients/${page.clientId}/people`}>People</TextLink>.
          </>
        }
        actions={page.hasAny ? <DownloadLink href={`${here}/export`}>Export as CSV</DownloadLink> : null}
      >
        {isFrozen || isArchived ? (
          <Notice kind="info">
            {isFrozen
              ? 'This application is closed by signature: nobody is asked any more.'
              : 'This client is archived: nobody is asked any more.'}
          </Notice>
        ) : (
          <>
            <QuestionFilters
              here={here}
              filter={filter}
              counts={counts}
              sections={page.sections}
              areas={page.areas}
            />
            {questions.length === 0 ? (
              <p className="border-rule border-t pt-4 text-ink-soft">
                {filter.view === 'open'
                  ? 'No question is open and unassigned here. Choose “All” to have an answer looked at again.'
                  : 'No question here. Choose another view, section or topic.'}
              </p>
            ) : (
              <AssignForm
                key={`${filter.view} ${filter.section} ${filter.area} ${told ?? ''} ${counts.assigned}`}
                questions={questions}
                people={page.people}
                dueOn={page.dueOn}
                wrong={wrong?.intent === 'assign' || wrong?.intent === 'take-back' ? wrong : undefined}
              />
            )}
          </>
        )}
      </PageSection>
    </>
  )
}
