import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Pencil } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { PolicyAlarms } from '#app/components/policy/policy-alarms.tsx'
import { PolicyProfile } from '#app/components/policy/policy-profile.tsx'
import { PolicyStandingBadge } from '#app/components/policy/policy-standing-badge.tsx'
import { PolicyVersions } from '#app/components/policy/policy-versions.tsx'
import { WithdrawPolicy } from '#app/components/policy/withdraw-policy.tsx'
import { RenewalPlan } from '#app/components/renewal/renewal-plan.tsx'
import { stepReplyOf } from '#app/components/renewal/step-reply.ts'
import { Time } from '#app/components/time.tsx'
import { answering } from '#app/http/faults.server.ts'
import { formValues, idParam, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { actOnPolicy, showPolicy } from '#app/http/policy-page.server.ts'
import { getPolicyPage } from '#app/services/policy-page.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const page = await answering(() => getPolicyPage(member, idParam(params.policyId)))
  const { withdrawnAt, withdrawnByName, withdrawnReason } = page.policy
  const { id, legalName, archivedAt } = page.client
  return {
    shown: showPolicy(page),
    client: { id, legalName, isArchived: archivedAt !== null },
    withdrawn: withdrawnAt && { at: withdrawnAt, byName: withdrawnByName, reason: withdrawnReason },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const policyId = idParam(params.policyId)
  return actOnPolicy(member, policyId, formValues(await readForm(request)))
}

const nameOf = ({ insurer, policyNumber }: { insurer: string; policyNumber: string | null }) =>
  policyNumber ? `${insurer}, ${policyNumber}` : insurer

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(page ? nameOf(page.shown) : 'Policy') },
]

export default function PolicyPage() {
  const { shown, client, withdrawn } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const canAct = !client.isArchived && !withdrawn
  const here = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title={nameOf(shown)}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Policy', href: `${here}/policy` },
        ]}
        meta={
          <>
            <PolicyStandingBadge standing={shown.standing} isWithdrawn={shown.isWithdrawn} />
            <span>
              <Time at={shown.inceptionOn} /> to <Time at={shown.expiresOn} />
            </span>
          </>
        }
        actions={
          canAct ? (
            <>
              <ButtonLink icon={Pencil} to={`/policies/${shown.id}/edit`}>
                Change
              </ButtonLink>
              <ButtonLink to={`${here}/policy/new?after=${shown.id}`}>Record the next one</ButtonLink>
            </>
          ) : null
        }
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {withdrawn ? (
        <Notice kind="info" title={`Withdrawn by ${withdrawn.byName}`}>
          <Time at={withdrawn.at} />: {withdrawn.reason}
        </Notice>
      ) : (
        <PolicyAlarms policy={shown} recordTo={canAct ? `${here}/policy/new` : null} />
      )}
      <PolicyProfile policy={shown} />
      {withdrawn ? null : <RenewalPlan policy={shown} canAct={canAct} reply={stepReplyOf(reply)} />}
      <PolicyVersions versions={shown.versions} />
      {canAct ? (
        <WithdrawPolicy
          policyId={shown.id}
          error={
            reply && 'fieldErrors' in reply && reply.intent === 'withdraw-policy'
              ? reply.fieldErrors.reason
              : undefined
          }
        />
      ) : null}
    </>
  )
}
