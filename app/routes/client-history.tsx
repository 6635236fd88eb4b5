import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Braces, History } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { countOf } from '#app/components/counts.ts'
import { EmptyState } from '#app/components/empty-state.tsx'
import { AnswerDateForm } from '#app/components/history/answer-date-form.tsx'
import { CoverageTimeline } from '#app/components/history/coverage-timeline.tsx'
import { DriftList } from '#app/components/history/drift-list.tsx'
import { OtherForms } from '#app/components/history/other-forms.tsx'
import { PointForm } from '#app/components/history/point-form.tsx'
import { PointView } from '#app/components/history/point-view.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { PeriodsOfApplication } from '#app/components/reattestation/application-freshness.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { dateAnswer, listAnswerDates } from '#app/services/answer-dates.server.ts'
import { AnswerDateInput, fieldErrorsOf, HistoryQuery } from '#app/services/history-input.ts'
import { getPoint } from '#app/services/history-page.server.ts'
import { listReattestations } from '#app/services/reattestation-list.server.ts'
import { getTimeline } from '#app/services/timeline.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const asked = Object.fromEntries(new URL(request.url).searchParams)
  const parsed = HistoryQuery.safeParse(asked)
  const query = parsed.success ? parsed.data : {}
  return answering(async () => {
    const timeline = await getTimeline(member, clientId, { knownOn: query.knownOn })
    const isAsked = Boolean(query.trueOn || query.knownOn)
    return {
      clientId,
      typed: { trueOn: asked.trueOn ?? '', knownOn: asked.knownOn ?? '' },
      errors: parsed.success ? {} : fieldErrorsOf(parsed.error),
      query,
      point: isAsked ? await getPoint(member, clientId, query) : null,
      dated:
        timeline.draftId === null
          ? null
          : { applicationId: timeline.draftId, answers: await listAnswerDates(member, timeline.draftId) },
      days: timeline.days,
      since: timeline.since,
      domains: timeline.domains,
      drift: timeline.drift?.map(({ attestedAt, reportId, formTitle, answers }) => ({
        attestedAt,
        reportId,
        formTitle,
        answers: answers.map(({ factIds: _, revisionIds: __, ...answer }) => answer),
      })),
      attested: (await listReattestations(member, clientId)).inForce,
      today: new Date(timeline.now).toISOString().slice(0, 10),
    }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const parsed = parseWith(AnswerDateInput, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await dateAnswer(member, clientId, parsed.input)
    return { outcome: 'dated' as const }
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('History') }]

const SINCE = {
  inception: 'Since the policy’s inception',
  attestation: 'Since the first attestation, as no inception date is on file',
  application: 'Since the first application, as no inception date is on file',
}

export default function ClientHistoryPage() {
  const reply = useActionData<typeof action>()
  const { clientId, dated, typed, errors, query, point, days, since, domains, drift, attested, today } =
    useLoaderData<typeof loader>()
  const here = `/clients/${clientId}/history`
  const search = new URLSearchParams(
    Object.entries(query).flatMap(([key, value]) => (value ? [[key, value]] : [])),
  )
  return (
    <>
      <PageSection
        title="As of a day"
        isForScreen={!point}
        lead="What was true on a day, and what could have been known on it. Answered from the record: evidence that came later counts towards what was true, and never towards what was known."
      >
        <PointForm {...typed} today={today} errors={errors} hereHref={here} />
        {point ? (
          <div className="mt-6" id="point">
            <p className="mb-3 max-w-measure" role="status">
              {point.application ? (
                <>
                  {point.application.title}, edition {point.application.edition}
                  {point.application.basis === 'signed' ? ', as attested' : ', a draft then'}: what was true
                  on <Time at={point.trueOn} />, as known on <Time at={point.knownOn} />.
                  {point.unanswered > 0 ? ` ${countOf(point.unanswered, 'question')} had no answer.` : ''}
                </>
              ) : (
                'No application was known then.'
              )}
            </p>
            {point.inForce.length > 1 ? (
              <OtherForms
                forms={point.inForce}
                shown={point.application?.id}
                here={here}
                search={search.toString()}
              />
            ) : null}
            {point.application ? <PointView rows={point.answers} /> : null}
            <p className="mt-3 no-print">
              <ButtonLink
                size="small"
                icon={Braces}
                to={`/clients/${clientId}/readiness.json?${search}`}
                reloadDocument
              >
                This point as JSON
              </ButtonLink>
            </p>
          </div>
        ) : null}
      </PageSection>
      <PageSection
        title="Coverage"
        lead={
          <>
            {SINCE[since]}: <Time at={days.first} /> to <Time at={days.last} />
            {query.knownOn ? ', as known on that day' : ''}.
          </>
        }
      >
        {days.isCut ? <Notice kind="info">Only the last {days.count} days are shown.</Notice> : null}
        {attested.map((one) => (
          <section key={one.applicationId} aria-label={`Quarters of ${one.formTitle}`} className="mb-8">
            <h3 className="mb-2 font-medium text-ink-soft">Attested quarters</h3>
            <PeriodsOfApplication one={one} />
          </section>
        ))}
        {domains.length > 0 ? (
          <CoverageTimeline domains={domains} first={days.first} last={days.last} />
        ) : (
          <EmptyState icon={History} title="Nothing to show yet">
            Start an application: from then on each day shows which answers the evidence proved and which it
            contradicted.
          </EmptyState>
        )}
      </PageSection>
      {dated && dated.answers.length > 0 ? (
        <PageSection
          title="Since when answers hold"
          isForScreen
          lead="An answer holds from the day it was given, unless you say that it was true before. What was known on earlier days stays as it was."
        >
          {reply && 'refusal' in reply ? (
            <Notice kind="danger" announce>
              {reply.refusal.message}
            </Notice>
          ) : null}
          {reply && 'outcome' in reply ? (
            <Notice kind="success" announce>
              Recorded. The strips above show it.
            </Notice>
          ) : null}
          <AnswerDateForm
            {...dated}
            today={today}
            errors={reply && 'fieldErrors' in reply ? reply.fieldErrors : {}}
          />
        </PageSection>
      ) : null}
      <PageSection title="Drift since the attestation">
        {drift ? (
          drift.map(({ reportId, formTitle, attestedAt, answers }) => (
            <section key={reportId} className="mt-5 first:mt-0" aria-label={formTitle}>
              <p className="mb-3 text-ink-soft">
                {formTitle}, attested on <Time at={attestedAt} />.
              </p>
              <DriftList answers={answers} />
            </section>
          ))
        ) : (
          <EmptyState title="Nothing is attested yet">
            Once the insured has attested an application, everything that changes afterwards is listed here:
            since when, by which scan, and whether the broker should hear of it.
          </EmptyState>
        )}
      </PageSection>
    </>
  )
}
