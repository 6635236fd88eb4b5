/** One re-attestation: the signed answers against today, handed to the officer, and what became of it. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Download, FileCheck2, Printer } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { formatDay, toDate } from '#app/components/dates.ts'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ComparedAnswers } from '#app/components/reattestation/compared-answers.tsx'
import { DiscardForm, HandOverForm } from '#app/components/reattestation/draft-forms.tsx'
import { PromiseList } from '#app/components/reattestation/promise-list.tsx'
import { ReattestationBadge } from '#app/components/reattestation/reattestation-table.tsx'
import { SinceThen } from '#app/components/reattestation/since-then.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { sendAttestationLink } from '#app/services/attestation-links.server.ts'
import { getPromises } from '#app/services/promises.server.ts'
import { handOverReattestation } from '#app/services/reattestation-handover.server.ts'
import { DiscardInput, HandOverInput } from '#app/services/reattestation-input.ts'
import { COUNTS_NO_MORE, DISCARD_IT } from '#app/services/reattestation-obstacles.ts'
import { getReattestationPage } from '#app/services/reattestation-pages.server.ts'
import { discardReattestation } from '#app/services/reattestations.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const page = await answering(() => getReattestationPage(member, idParam(params.reattestationId)))
  const { row, client, ...rest } = page
  const { answers: promised, today } = await answering(() => getPromises(member, row.id))
  return {
    ...rest,
    promised,
    today,
    id: row.id,
    applicationId: row.applicationId,
    number: row.number,
    first: row.periodFirst,
    last: row.periodLast,
    state: row.state,
    closedReason: row.closedReason,
    client: { id: client.id, legalName: client.legalName },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const id = idParam(params.reattestationId)
  const values = formValues(await readForm(request))
  if (values.intent === 'discard') {
    const parsed = parseWith(DiscardInput, values)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      await discardReattestation(member, id, parsed.input)
      return { outcome: 'discarded' as const }
    })
  }
  const parsed = parseWith(HandOverInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    const reportId = await handOverReattestation(member, id, parsed.input)
    await sendAttestationLink(member, reportId, publicOrigin(request))
    return { outcome: 'handed-over' as const }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? `Re-attestation ${page.number}, ${page.client.legalName}` : 'Re-attestation') },
]

const inWords = (day: string) => {
  const date = toDate(day)
  return date ? formatDay(date) : day
}

export default function ReattestationPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const errors = reply && 'fieldErrors' in reply ? reply.fieldErrors : undefined
  const walked = page.answers.filter(({ mark }) => mark !== 'unchanged')
  const unchanged = page.answers.length - walked.length
  const here = `/clients/${page.client.id}`
  return (
    <>
      <PageHeader
        title={`Re-attestation ${page.number}`}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: page.client.legalName, href: here },
          { label: 'Re-attestation', href: `${here}/re-attestation` },
        ]}
        meta={
          <>
            <ReattestationBadge state={page.state} shape="stamp" />
            <span>
              <Time at={page.first} /> to <Time at={page.last} />
            </span>
            <span>
              {page.form.title}, edition {page.form.edition}, signed <Time at={page.signedOn} />
            </span>
          </>
        }
        actions={
          <>
            {page.report ? (
              <ButtonLink icon={FileCheck2} to={`/reports/${page.report.id}`}>
                {page.state === 'signed' ? 'The signed report' : 'The report and its link'}
              </ButtonLink>
            ) : null}
            {page.isFrozen ? null : (
              <ButtonLink icon={Printer} to={`/applications/${page.applicationId}/changes`}>
                Print what changed
              </ButtonLink>
            )}
            <ButtonLink icon={Download} to={`/reattestations/${page.id}/export`} reloadDocument>
              CSV
            </ButtonLink>
          </>
        }
      />
      {reply && 'refusal' in reply ? (
        <Notice kind="danger" announce>
          {reply.refusal.message}
        </Notice>
      ) : null}
      {reply && 'outcome' in reply && reply.outcome === 'handed-over' ? (
        <Notice kind="success" announce title="It is with the officer now">
          The link was written to them. How far they are stands on the report’s page.
        </Notice>
      ) : null}
      {page.closedReason ? <Notice kind="info">{page.closedReason}</Notice> : null}
      {page.state === 'missed' ? (
        <Notice kind="warning" title="Nobody signed it before its period was over">
          It stays listed as a gap. The next period is re-attested from the client’s page.
        </Notice>
      ) : null}
      {page.obstacle && page.obstacle !== 'over' ? (
        <Notice kind="warning" title={COUNTS_NO_MORE[page.obstacle]}>
          {page.state === 'draft'
            ? DISCARD_IT
            : `Withdraw the report of this re-attestation first. ${DISCARD_IT}`}
        </Notice>
      ) : null}
      {page.promised.length > 0 ? (
        <PageSection
          title="What was promised"
          lead="Record here that a plan was done or the broker told; the officer’s own words stay as they were signed."
        >
          <PromiseList answers={page.promised} today={page.today} />
        </PageSection>
      ) : null}
      <PageSection
        title={`What happened since (${walked.length})`}
        lead={
          page.state === 'draft'
            ? 'Renew evidence where it has expired. A wrong answer is corrected in a new application, as what was signed stays as it is: what is answered there shows here. The officer goes through these one by one.'
            : page.isFrozen
              ? `As it was compared on ${inWords(page.comparedOn)} and shown to the officer.`
              : 'Against the facts of today; nothing of it was signed.'
        }
      >
        <ComparedAnswers
          caption="Signed answers for which something happened"
          rows={walked}
          language={page.language}
          ask={
            page.state === 'draft'
              ? { clientId: page.client.id, applicationId: page.applicationId }
              : undefined
          }
        />
      </PageSection>
      <SinceThen {...page} />
      {unchanged > 0 ? (
        <PageSection title={`Unchanged (${unchanged})`}>
          <details>
            <summary className="min-h-(--control-height) cursor-pointer py-2 text-link">
              Read the unchanged answers
            </summary>
            <ComparedAnswers
              caption="Unchanged answers"
              rows={page.answers.filter(({ mark }) => mark === 'unchanged')}
              language={page.language}
            />
          </details>
        </PageSection>
      ) : null}
      {page.state === 'draft' ? (
        <>
          {page.obstacle ? null : (
            <PageSection
              title="Hand it to the officer"
              lead="The comparison is frozen as it is now. The officer gets a link and a one-time code, says how it is with each answer, then reads and signs the report made of it."
            >
              <HandOverForm officer={page.officer} clientName={page.client.legalName} fieldErrors={errors} />
            </PageSection>
          )}
          <DiscardForm fieldErrors={errors} isDue={page.obstacle !== null} />
        </>
      ) : null}
    </>
  )
}
