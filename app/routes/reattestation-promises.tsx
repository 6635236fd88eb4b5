/** What the officer promised in a signed re-attestation: plans and brokers to be told, and what became of them. */
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
import { PromiseList } from '#app/components/reattestation/promise-list.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { keptInput, ReopenInput } from '#app/services/promise-standing.ts'
import { getPromises, keepPromise, openPromiseAgain } from '#app/services/promises.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return answering(() => getPromises(member, idParam(params.reattestationId)))
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const id = idParam(params.reattestationId)
  const values = formValues(await readForm(request))
  const here = `/reattestations/${id}/promises`
  if (values.intent === 'reopen-promise') {
    const parsed = parseWith(ReopenInput, values)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, of: '' }, { status: 400 })
    return acting(async () => {
      await openPromiseAgain(member, id, parsed.input)
      return redirect(here)
    })
  }
  const { today } = await answering(() => getPromises(member, id))
  const parsed = parseWith(keptInput(today), values)
  if (!parsed.ok) {
    const of = `${values.promise}:${values.questionId}`
    return data({ fieldErrors: parsed.fieldErrors, of }, { status: 400 })
  }
  return acting(async () => {
    await keepPromise(member, id, parsed.input)
    return redirect(here)
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  {
    title: pageTitle(page ? `Promised, re-attestation ${page.number}, ${page.client.legalName}` : 'Promised'),
  },
]

export default function ReattestationPromisesPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const wrong = reply && 'fieldErrors' in reply ? reply : undefined
  const client = `/clients/${page.client.id}`
  return (
    <>
      <PageHeader
        title="What was promised"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: page.client.legalName, href: client },
          { label: 'Re-attestation', href: `${client}/re-attestation` },
          { label: `Re-attestation ${page.number}`, href: `/reattestations/${page.id}` },
        ]}
      />
      {reply && 'refusal' in reply ? (
        <Notice kind="danger" announce>
          {reply.refusal.message}
        </Notice>
      ) : null}
      <PromiseList answers={page.answers} today={page.today} wrong={wrong} />
    </>
  )
}
