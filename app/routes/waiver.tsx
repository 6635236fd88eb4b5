import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Pencil } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { CopyableHash } from '#app/components/copyable-hash.tsx'
import { DownloadLink } from '#app/components/download-link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { useRefreshing } from '#app/components/use-refreshing.ts'
import { AnswersNow } from '#app/components/waiver/answers-now.tsx'
import { MissingFile, OfferForm, WithdrawForm } from '#app/components/waiver/waiver-acts.tsx'
import { WaiverRecord } from '#app/components/waiver/waiver-record.tsx'
import { WaiverStandingBadge } from '#app/components/waiver/waiver-standing.tsx'
import { WaiverTextView } from '#app/components/waiver/waiver-text-view.tsx'
import { unknownAct } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { makeWaiverFileAgain } from '#app/services/waiver-file.server.ts'
import { SeenVersion, WithdrawWaiverInput } from '#app/services/waiver-input.ts'
import { getWaiverPage } from '#app/services/waiver-pages.server.ts'
import { offerWaiver, withdrawWaiver } from '#app/services/waivers.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const page = await answering(() => getWaiverPage(member, idParam(params.waiverId)))
  const { row, client, text, declaration, standing, answers } = page
  const { id, state, version, textSha256, pdfSha256, pdfFailure, offeredAt, offeredByName } = row
  const { signedAt, signerRecord, refusedAt, refusedReason } = row
  const { withdrawnAt, withdrawnByName, withdrawnReason } = row
  return {
    ...{ id, state, version, textSha256, pdfSha256, pdfFailure, text, declaration, standing, answers },
    client: { id: client.id, legalName: client.legalName, isArchived: client.archivedAt !== null },
    record: {
      ...{ offeredAt, offeredByName, signedAt, refusedAt, refusedReason },
      ...{ withdrawnAt, withdrawnByName, withdrawnReason },
      typedName: signerRecord?.typedName ?? null,
      method: signerRecord?.method ?? null,
      decisionMaker: `${row.decisionMakerName} <${row.decisionMakerEmail}>`,
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const waiverId = idParam(params.waiverId)
  const values = formValues(await readForm(request))
  if (values.intent === 'offer') {
    const parsed = parseWith(SeenVersion, values)
    if (!parsed.ok) throw unknownAct()
    return acting(async () => {
      await offerWaiver(member, waiverId, parsed.input.seenVersion)
      return { outcome: 'offered' as const }
    })
  }
  if (values.intent === 'make-file')
    return acting(async () => {
      await makeWaiverFileAgain(member, waiverId)
      return { outcome: 'making' as const }
    })
  const parsed = parseWith(WithdrawWaiverInput, values)
  if (!parsed.ok) {
    const typed = typeof values.reason === 'string' ? values.reason : ''
    return data({ fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
  }
  return acting(async () => {
    await withdrawWaiver(member, waiverId, parsed.input)
    return { outcome: 'withdrawn' as const }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? page.text.service : 'Declined service') },
]

export default function WaiverPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { id, state, client, text, standing, pdfSha256 } = page
  const isFileComing = state === 'signed' && !pdfSha256
  useRefreshing(isFileComing && page.pdfFailure === null)
  const canAct = !client.isArchived
  return (
    <>
      <PageHeader
        title={text.service}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: 'Declined services', href: `/clients/${client.id}/waivers` },
        ]}
        meta={<WaiverStandingBadge standing={standing} shape="stamp" />}
        actions={
          <>
            {canAct && state === 'draft' ? (
              <ButtonLink icon={Pencil} to={`/waivers/${id}/edit`}>
                Edit draft
              </ButtonLink>
            ) : null}
            {canAct && state === 'signed' ? (
              <ButtonLink to={`/clients/${client.id}/waivers/new?replaces=${id}`}>
                Have it signed again
              </ButtonLink>
            ) : null}
            {pdfSha256 ? (
              <DownloadLink href={`/waivers/${id}/file`}>Download signed waiver</DownloadLink>
            ) : null}
          </>
        }
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {standing === 'overdue' ? (
        <Notice kind="warning" title="The review day has passed">
          Ask the client whether it still declines. The waiver stays in force until it is signed again or
          withdrawn.
        </Notice>
      ) : null}
      {isFileComing ? <MissingFile failure={page.pdfFailure} /> : null}
      {state === 'offered' ? (
        <Notice
          kind="info"
          title={`Waits for ${text.decisionMaker.name}`}
          action={
            <ButtonLink
              size="small"
              to={`/clients/${client.id}/people?${new URLSearchParams({ name: text.decisionMaker.name, email: text.decisionMaker.email })}`}
            >
              Send their link
            </ButtonLink>
          }
        >
          They read and sign it behind a link of their own. Whoever has one already finds it there.
        </Notice>
      ) : null}
      {state === 'draft' ? null : <WaiverRecord record={page.record} />}
      <PageSection title={state === 'draft' ? 'As the decision-maker would read it' : 'What it says'}>
        <WaiverTextView text={text} />
        {page.textSha256 ? (
          <div className="mt-5 text-caption text-ink-soft">
            <CopyableHash value={page.textSha256} label="SHA-256 of the text" />
          </div>
        ) : null}
      </PageSection>
      <AnswersNow answers={page.answers} isInForce={state === 'signed'} />
      {canAct && state === 'draft' ? (
        <PageSection title="Offer it for signature">
          <OfferForm version={page.version} to={text.decisionMaker.name} />
        </PageSection>
      ) : null}
      {canAct && ['draft', 'offered', 'signed'].includes(state) ? (
        <PageSection title="Withdraw">
          <WithdrawForm
            errors={reply && 'fieldErrors' in reply ? reply.fieldErrors : {}}
            typed={reply && 'typed' in reply ? reply.typed : ''}
          />
        </PageSection>
      ) : null}
    </>
  )
}
