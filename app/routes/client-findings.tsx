import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Bug, Plus } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { DisputeList } from '#app/components/dispute/dispute-list.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { DecisionList } from '#app/components/register/decision-list.tsx'
import { FixPanel } from '#app/components/register/fix-panel.tsx'
import { RegisterSection } from '#app/components/register/register-section.tsx'
import { useRefreshing } from '#app/components/use-refreshing.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listDisputes } from '#app/services/disputes.server.ts'
import {
  judgeFindings,
  listFindings,
  MOST_COUNTED,
  undoJudgement,
} from '#app/services/finding-register.server.ts'
import { getFixPlan } from '#app/services/fix-plan.server.ts'
import { JudgeInput, RegisterSearch, UndoInput } from '#app/services/register-input.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const search = RegisterSearch.parse(Object.fromEntries(new URL(request.url).searchParams))
  return answering(async () => {
    const page = await listFindings(member, clientId, search)
    const { standing, severity, asset, tool, kev, q, sort } = search
    return {
      clientId,
      choice: { standing, severity: severity ?? '', asset: asset ?? '', tool, kev, q, sort },
      from: search.after ? search.from : 0,
      rows: page.rows.map(({ dispute, ...row }) => ({
        ...row,
        dispute: dispute && {
          insurer: dispute.insurer,
          state: dispute.state,
          isLate: dispute.isLate,
          daysLeft: dispute.daysLeft,
        },
      })),
      disputes: (await listDisputes(member, clientId)).map(
        ({ cited: _cited, explanation: _words, ...dispute }) => dispute,
      ),
      next: page.next,
      total: page.total,
      mostCounted: MOST_COUNTED,
      tools: page.tools,
      assetName: page.asset?.name ?? null,
      decisions: page.decisions,
      pending: page.pending,
      isEmpty: page.summary === null,
      plan: await getFixPlan(member, clientId),
    }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  if (values.intent === 'undo') {
    const parsed = parseWith(UndoInput, values)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      await undoJudgement(member, clientId, parsed.input.decisionId)
      return { outcome: 'undone' as const }
    })
  }
  const parsed = parseWith(JudgeInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await judgeFindings(member, clientId, parsed.input)
    return { outcome: 'judged' as const }
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Findings') }]

export default function ClientFindingsPage() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { clientId, plan, pending } = page
  useRefreshing(pending > 0)
  const notices = (
    <>
      {pending > 0 ? (
        <div className="mb-6">
          <Notice kind="info" title="The register is being brought up to date" announce>
            Evidence was added or withdrawn. This page shows the change as soon as it is made.
          </Notice>
        </div>
      ) : null}
      {result && 'refusal' in result ? (
        <div className="mb-6">
          <Notice kind="danger" announce>
            {result.refusal.message}
          </Notice>
        </div>
      ) : null}
    </>
  )
  if (page.isEmpty) {
    return (
      <>
        {notices}
        <EmptyState
          icon={Bug}
          title="No findings yet"
          action={
            <ButtonLink variant="primary" icon={Plus} to={`/clients/${clientId}/evidence#add`}>
              Add a scan
            </ButtonLink>
          }
        >
          Add scans of any tool as evidence. Here each finding stands once, across all of them: when it was
          seen first and last, whether it is fixed, and what to fix first.
        </EmptyState>
      </>
    )
  }
  return (
    <>
      {notices}
      {plan ? (
        <PageSection title="What to fix first">
          <FixPanel plan={plan} findingsHref={`/clients/${clientId}/findings`} />
        </PageSection>
      ) : null}
      <DisputeList disputes={page.disputes} findingsHref={`/clients/${clientId}/findings`} />
      <RegisterSection {...page} />
      <DecisionList decisions={page.decisions} />
    </>
  )
}
