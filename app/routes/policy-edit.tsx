import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { PolicyForm } from '#app/components/policy/policy-form.tsx'
import { policyTexts, typedPolicy } from '#app/components/policy/policy-texts.ts'
import { useReplyKey } from '#app/components/use-reply-key.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { policyValues } from '#app/http/policy-form.server.ts'
import { changePolicy } from '#app/services/policies.server.ts'
import { PolicyChange, PolicyInput } from '#app/services/policy-input.ts'
import { getPolicyEdit } from '#app/services/policy-start.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { policy, current, client, options } = await answering(() =>
    getPolicyEdit(member, idParam(params.policyId)),
  )
  if (policy.withdrawnAt) throw redirect(`/policies/${policy.id}`)
  return {
    id: policy.id,
    version: policy.version,
    savedBy: current.recordedByName,
    client: { id: client.id, legalName: client.legalName },
    title: current.policyNumber ?? current.insurer,
    texts: policyTexts(current),
    options,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const policyId = idParam(params.policyId)
  const values = policyValues(await readForm(request))
  const parsed = parseWith(PolicyInput, values)
  const change = parseWith(PolicyChange, values)
  const typed = typedPolicy(values)
  if (!parsed.ok || !change.ok) {
    const errors = {
      ...(parsed.ok ? {} : parsed.fieldErrors),
      ...(change.ok ? {} : change.fieldErrors),
    }
    return data({ errors, typed }, { status: 400 })
  }
  const reply = await acting(async () =>
    // A conflict comes with status 200: after any other the page would send the old version again.
    (await changePolicy(member, policyId, change.input, parsed.input)) === 'saved'
      ? redirect(`/policies/${policyId}`)
      : { isConflict: true as const, typed },
  )
  return 'data' in reply ? data({ ...reply.data, typed }, reply.init ?? undefined) : reply
}

export const meta: MetaFunction = () => [{ title: pageTitle('Change a policy') }]

export default function EditPolicyPage() {
  const { id, version, savedBy, client, title, texts, options } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const key = useReplyKey(reply)
  const here = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title="Change the policy"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Policy', href: `${here}/policy` },
          { label: title, href: `/policies/${id}` },
        ]}
        lead="The version before is kept. With another expiry the open steps of the renewal get other days."
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {reply && 'isConflict' in reply ? (
        <Notice kind="warning" announce title="Somebody else changed this policy in the meantime">
          Nothing was overwritten. {savedBy} saved version {version}. What you typed still stands below;
          saving it now replaces their values.
        </Notice>
      ) : null}
      <PolicyForm
        key={key}
        texts={reply && 'typed' in reply ? reply.typed : texts}
        isTyped={reply !== undefined && 'typed' in reply}
        errors={reply && 'errors' in reply ? reply.errors : undefined}
        options={options}
        seenVersion={version}
        evidenceTo={`${here}/evidence`}
        submitLabel="Save as a new version"
        cancelTo={`/policies/${id}`}
      />
    </>
  )
}
