import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { BeginMove } from '#app/components/application/begin-move.tsx'
import { MovePreviewList } from '#app/components/application/move-preview.tsx'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { compareHref } from '#app/components/edition/addresses.ts'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Stat, StatRow } from '#app/components/stat.tsx'
import { SelectField } from '#app/components/text-field.tsx'
import { Time } from '#app/components/time.tsx'
import { pickParam } from '#app/http/edition-params.server.ts'
import { errorReply } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listMoveTargets, moveApplication } from '#app/services/edition-moves.server.ts'
import { type MovePreview, previewMove } from '#app/services/move-preview.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  return answering(async () => {
    const targets = await listMoveTargets(member, applicationId)
    const asked = new URL(request.url).searchParams.get('to')
    const target = asked === null ? targets[0] : pickParam(asked)
    const isTarget = targets.some(
      (other) => other.formCode === target?.formCode && other.edition === target.edition,
    )
    if (target && !isTarget) throw errorReply('Answers do not move to that edition', 404)
    return {
      applicationId,
      targets,
      preview: target ? await previewMove(member, applicationId, target) : null,
    }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const { to } = formValues(await readForm(request))
  const pick = pickParam(typeof to === 'string' ? to : null)
  return acting(async () => redirect(`/applications/${await moveApplication(member, applicationId, pick)}`))
}

export const meta: MetaFunction = () => [{ title: pageTitle('Move to another edition') }]

export default function MovePage() {
  const { targets, preview, applicationId } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  if (!preview) {
    return (
      <EmptyState title="This is the newest edition">
        When the insurer publishes another edition of this form, you can move the answers here. You will see
        first what becomes of each of them, and this application stays as it is.
      </EmptyState>
    )
  }
  const { older, newer, purpose, counts } = preview
  const backHref = `/applications/${applicationId}/sections`
  const to = `${newer.formCode}/${newer.edition}`
  const countsFrom = targets.find(({ edition }) => edition === newer.edition)?.countsFrom
  return (
    <>
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      <h2 className="font-semibold text-section">
        {purpose === 'renewal' ? 'Renew' : 'Move'}: edition {older.edition} to {newer.edition}
      </h2>
      <p className="mt-1 max-w-measure text-ink-soft">
        {purpose === 'renewal'
          ? 'A new draft is begun beside the signed application, which stays as it was signed. Every answer is only proposed: a year has passed, and somebody has to say it again.'
          : 'A new draft is begun with these answers. The draft you have now stays as it is; if you throw the new one away, you are where you were before the move.'}
      </p>
      {countsFrom ? (
        <p className="mt-2 max-w-measure text-warn">
          The insurer takes edition {newer.edition} from <Time at={countsFrom} /> on. For cover that begins
          earlier, stay on the edition before it.
        </p>
      ) : null}
      <div className="mt-5 flex flex-wrap items-end justify-between gap-4">
        {targets.length > 1 ? (
          <Form method="get" className="flex items-end gap-3">
            <SelectField
              name="to"
              label="Edition to move to"
              key={to}
              defaultValue={to}
              options={targets.map((target) => ({
                value: `${target.formCode}/${target.edition}`,
                label: `Edition ${target.edition}`,
              }))}
            />
            <Button type="submit">Show</Button>
          </Form>
        ) : (
          <span />
        )}
        <BeginMove to={to} backHref={backHref}>
          <ButtonLink
            to={compareHref(
              { formCode: newer.formCode, edition: older.edition },
              { formCode: newer.formCode, edition: newer.edition },
            )}
          >
            All changes of the form
          </ButtonLink>
        </BeginMove>
      </div>
      <div className="mt-8">
        <StatRow>
          <Stat label="Stay answered" value={counts.kept} detail="The question means the same" />
          <Stat label="Proposed" value={counts.proposed} detail="Somebody confirms each" />
          <Stat
            label="Answered anew"
            value={counts.askAgain}
            detail="The old answer is shown beside"
            tone={counts.askAgain > 0 ? 'warn' : undefined}
          />
          <Stat label="Unanswered" value={counts.open} detail="Nothing to carry over" />
        </StatRow>
        <p className="mt-4 max-w-measure text-ink-soft">{countsInWords(counts)}</p>
      </div>
      {preview.exceptionCount > 0 ? (
        <div className="mt-6">
          <Notice kind="info" title="Exceptions are not carried over">
            {preview.exceptionCount === 1 ? 'One exception was' : `${preview.exceptionCount} exceptions were`}{' '}
            approved for the questions of edition {older.edition}. Record them again where they still hold.
          </Notice>
        </div>
      ) : null}
      <PageSection title="Question by question">
        <MovePreviewList preview={preview} />
      </PageSection>
      {preview.dropped.length > 0 ? (
        <PageSection
          title="Answers without a place"
          lead={`They stay in the application on edition ${older.edition} and are not asked any more.`}
        >
          <ul className="space-y-3">
            {preview.dropped.map((answer) => (
              <li key={answer.questionId} className="max-w-measure">
                <p>
                  <span className="text-caption text-ink-faint">Item {answer.item}</span> {answer.prompt}
                </p>
                <p className="text-ink-soft">{answer.shown}</p>
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
      <div className="mt-10 border-rule border-t pt-6">
        <BeginMove to={to} backHref={backHref} />
      </div>
    </>
  )
}

/** Why the draft at first counts fewer questions than the figures above: they include what comes up later. */
function countsInWords(counts: MovePreview['counts']): string {
  const { atOnce, answeredAtOnce, proposedAtOnce, later, notAsked } = counts
  return [
    `The draft begins with ${inQuestions(atOnce)}: ${answeredAtOnce} answered, ${proposedAtOnce} with a proposed answer.`,
    later === 0
      ? ''
      : later === 1
        ? 'One more question comes up when the proposed answers are confirmed.'
        : `${later} more questions come up when the proposed answers are confirmed.`,
    notAsked === 0
      ? ''
      : `Not counted here: ${inQuestions(notAsked)} of the form that these answers leave out, or that wait for answers still to be given.`,
  ]
    .filter(Boolean)
    .join(' ')
}

function inQuestions(count: number): string {
  return count === 1 ? '1 question' : `${count} questions`
}
