import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { DisputeForm } from '#app/components/dispute/dispute-form.tsx'
import {
  answerClock,
  disputeLook,
  disputeTexts,
  settlementTexts,
} from '#app/components/dispute/dispute-words.ts'
import { FindingHistory } from '#app/components/dispute/finding-history.tsx'
import { SettlementForm } from '#app/components/dispute/settlement-form.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { FindingFacts } from '#app/components/register/finding-facts.tsx'
import { JudgeDialog } from '#app/components/register/judge-dialog.tsx'
import { StandingBadge } from '#app/components/register/standing.tsx'
import { SeverityBadge } from '#app/components/scan/severity.tsx'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { nothingHere } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { disputeInput, settlementInput, WhichDispute } from '#app/services/dispute-input.ts'
import { suggestsJudgement } from '#app/services/dispute-standing.ts'
import { getFinding, raiseDispute, settleDispute } from '#app/services/disputes.server.ts'

const today = () => new Date().toISOString().slice(0, 10)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const page = await answering(() => getFinding(member, idParam(params.clientId), idParam(params.findingId)))
  const { client, ...shown } = page
  return {
    ...shown,
    client: { id: client.id, legalName: client.legalName },
    isArchived: client.archivedAt !== null,
    today: today(),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const findingId = idParam(params.findingId)
  const values = formValues(await readForm(request))
  if (values.intent === 'settle') {
    const typed = settlementTexts(values)
    const which = parseWith(WhichDispute, values)
    if (!which.ok) throw nothingHere()
    const { disputeId } = which.input
    const parsed = parseWith(settlementInput(today), values)
    if (!parsed.ok) return data({ disputeId, typed, fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => ({
      outcome: await settleDispute(member, clientId, findingId, which.input, parsed.input),
    }))
  }
  const parsed = parseWith(disputeInput(today), values)
  if (!parsed.ok) {
    const chosen = Array.isArray(values.evidenceIds) ? values.evidenceIds.map(String) : []
    const raising = { texts: disputeTexts(values), chosen, fieldErrors: parsed.fieldErrors }
    return data({ raising }, { status: 400 })
  }
  return acting(async () => {
    await raiseDispute(member, clientId, findingId, parsed.input)
    return { outcome: 'raised' as const }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? page.finding.title : 'Finding') },
]

const OUTCOMES = {
  raised: 'The dispute is recorded. The register’s own judgement stays as it is.',
  saved: 'The end of the dispute is recorded.',
}

export default function FindingPage() {
  const { client, finding, disputes, decisions, evidence, insurer, isArchived, today } =
    useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const here = `/clients/${client.id}`
  const { standing } = finding
  const open = disputes.filter(({ state }) => state === 'open')
  const raising = result && 'raising' in result ? result.raising : undefined
  const corrected = disputes.find(suggestsJudgement)
  return (
    <>
      <PageHeader
        title={finding.title}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Findings', href: `${here}/findings` },
        ]}
        meta={
          <>
            {standing === 'gone' ? (
              <StatusBadge word="No longer reported" />
            ) : (
              <StandingBadge standing={standing} />
            )}
            <SeverityBadge severity={finding.severity} />
            <TextLink quiet to={`${here}/assets/${finding.assetId}`}>
              {finding.assetName}
            </TextLink>
          </>
        }
        actions={standing === 'gone' ? null : <JudgeDialog ids={[finding.id]} action={`${here}/findings`} />}
      />
      <div aria-live="polite">
        {result && 'refusal' in result ? <Notice kind="danger" title={result.refusal.message} /> : null}
        {result && 'outcome' in result ? (
          result.outcome === 'conflict' ? (
            <Notice kind="warning" title="Somebody recorded the end of this dispute in the meantime">
              Nothing was overwritten. The history below shows what they recorded.
            </Notice>
          ) : (
            <Notice kind="success" title={OUTCOMES[result.outcome]} />
          )
        ) : null}
      </div>
      {corrected && (standing === 'open' || standing === 'accepted') ? (
        <div className="mt-4">
          <Notice kind="warning" title={`${corrected.insurer} removed it; the register still holds it`}>
            An insurer’s correction is about its own scan. If the client’s scanner is wrong in the same way,
            change the state here, with the reason. If it is right, leave it open.
          </Notice>
        </div>
      ) : null}
      <FindingFacts finding={finding} />
      {open.map((dispute) => (
        <PageSection
          key={dispute.id}
          title={`Dispute with ${dispute.insurer}`}
          lead={
            <>
              <StatusBadge {...disputeLook(dispute)} /> {answerClock(dispute)}
            </>
          }
        >
          <SettlementForm
            dispute={dispute}
            texts={{
              answeredOn: '',
              ...(result && 'disputeId' in result && result.disputeId === dispute.id ? result.typed : {}),
            }}
            fieldErrors={
              result && 'disputeId' in result && result.disputeId === dispute.id
                ? result.fieldErrors
                : undefined
            }
          />
        </PageSection>
      ))}
      {standing === 'gone' || isArchived ? null : (
        <PageSection
          title="Dispute it with an insurer"
          lead="Insurers scan by name and address and can be wrong: another’s machine, a fault that is fixed, a port that answers nothing. Record here what was sent to them, and until when an answer is due."
        >
          <details open={raising !== undefined}>
            <summary className="min-h-(--control-height) cursor-pointer py-2 font-medium">
              Record a dispute
            </summary>
            <div className="pt-2">
              <DisputeForm
                key={disputes.length}
                texts={raising?.texts ?? { insurer: insurer ?? '', raisedOn: today }}
                fieldErrors={raising?.fieldErrors}
                evidence={evidence}
                chosen={raising?.chosen ?? []}
                addTo={`${here}/evidence#add`}
              />
            </div>
          </details>
        </PageSection>
      )}
      <PageSection title="History" lead="The newest first.">
        <FindingHistory finding={finding} disputes={disputes} decisions={decisions} />
      </PageSection>
    </>
  )
}
