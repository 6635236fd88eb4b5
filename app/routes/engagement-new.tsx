import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { UsersRound } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { OfferForm } from '#app/components/engagement/offer-form.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { acting } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { OfferInput } from '#app/services/engagement-input.ts'
import { getOfferForm, offerEngagement } from '#app/services/engagements.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { applications, lastDay } = await getOfferForm(member)
  const chosen = new URL(request.url).searchParams.getAll('application')
  return { applications, lastDay, chosen }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const parsed = parseWith(OfferInput, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    const { engagementId } = await offerEngagement(member, parsed.input, publicOrigin(request))
    return redirect(`/engagements/${engagementId}`)
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Offer applications') }]

export default function NewEngagementPage() {
  const { applications, lastDay, chosen } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <>
      <PageHeader
        title="Offer applications"
        breadcrumb={[{ label: 'Engagements', href: '/engagements' }]}
        lead="An insurer or an assessment firm reviews them with accounts of its own, until the last day or until either of you ends it."
      />
      {applications.length === 0 ? (
        <EmptyState
          icon={UsersRound}
          title="There is no application yet"
          action={<ButtonLink to="/clients">Choose a client</ButtonLink>}
        >
          Start an application on the page of a client, then offer it here.
        </EmptyState>
      ) : (
        <OfferForm
          applications={applications}
          chosen={chosen}
          lastDay={lastDay}
          fieldErrors={reply && 'fieldErrors' in reply ? reply.fieldErrors : {}}
          refusal={reply && 'refusal' in reply ? reply.refusal.message : undefined}
        />
      )}
    </>
  )
}
