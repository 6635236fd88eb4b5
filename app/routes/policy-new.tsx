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
import { recordPolicy } from '#app/services/policies.server.ts'
import { PolicyInput } from '#app/services/policy-input.ts'
import { getPolicyStart } from '#app/services/policy-start.server.ts'

/** `?bound=APPLICATION` starts from a bound quote, `?after=POLICY` from the policy before. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { searchParams } = new URL(request.url)
  const named = (name: string) => {
    const id = searchParams.get(name)
    return id === null ? null : idParam(id)
  }
  const from = { boundApplicationId: named('bound'), earlierPolicyId: named('after') }
  const { client, start, options } = await answering(() =>
    getPolicyStart(member, idParam(params.clientId), from),
  )
  return {
    client: { id: client.id, legalName: client.legalName },
    from,
    texts: policyTexts(start),
    options,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = policyValues(await readForm(request))
  const parsed = parseWith(PolicyInput, values)
  const typed = typedPolicy(values)
  if (!parsed.ok) return data({ errors: parsed.fieldErrors, typed }, { status: 400 })
  const reply = await acting(async () =>
    redirect(`/policies/${await recordPolicy(member, clientId, parsed.input)}`),
  )
  return 'data' in reply ? data({ ...reply.data, typed }, reply.init ?? undefined) : reply
}

export const meta: MetaFunction = () => [{ title: pageTitle('Record a policy') }]

export default function NewPolicyPage() {
  const { client, from, texts, options } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const key = useReplyKey(reply)
  const here = `/clients/${client.id}`
  return (
    <>
      <PageHeader
        title="Record a policy"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: here },
          { label: 'Policy', href: `${here}/policy` },
        ]}
        lead={
          from.boundApplicationId
            ? 'Insurer, quote and application are taken from the bind. Compare the rest with the declarations.'
            : from.earlierPolicyId
              ? 'It starts from the policy before. Compare every line with the new declarations.'
              : 'Copy it from the declarations. A plan towards its renewal is made with it.'
        }
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      <PolicyForm
        key={key}
        texts={reply && 'typed' in reply ? reply.typed : texts}
        isTyped={reply !== undefined && 'typed' in reply}
        errors={reply && 'errors' in reply ? reply.errors : undefined}
        options={options}
        evidenceTo={`${here}/evidence`}
        submitLabel="Record the policy"
        cancelTo={`${here}/policy`}
      />
    </>
  )
}
