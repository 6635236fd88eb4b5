import { data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { pageTitle } from '#app/components/page-title.ts'
import { PackView } from '#app/components/review-pack/pack-view.tsx'
import { PeriodForm } from '#app/components/review-pack/period-form.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getClient } from '#app/services/clients.server.ts'
import { getReviewPack, readReviewPeriod } from '#app/services/review-pack.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const { period, ...form } = readReviewPeriod(new URL(request.url).searchParams)
  return answering(async () => {
    await getClient(member, clientId)
    if (!period) return data({ clientId, form, pack: null }, { status: 400 })
    return data({ clientId, form, pack: await getReviewPack(member, clientId, period) })
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Review pack') }]

export default function ClientReviewPackPage() {
  const { clientId, form, pack } = useLoaderData<typeof loader>()
  return (
    <>
      <p className="max-w-measure text-ink-soft no-print">
        For the client’s business review: what improved, what drifted and what is due. The record is compared
        on the day before the period and on its last day, each as it was known then, so that what a past
        quarter compares reads the same whenever it is made.
      </p>
      <PeriodForm {...form} here={`/clients/${clientId}/review-pack`} isShown={pack !== null} />
      {pack ? <PackView pack={pack} /> : null}
    </>
  )
}
