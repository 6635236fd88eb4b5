import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { FeedForm } from '#app/components/calendar/feed-form.tsx'
import { FeedList } from '#app/components/calendar/feed-list.tsx'
import { CopyableHash } from '#app/components/copyable-hash.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { useReplyKey } from '#app/components/use-reply-key.ts'
import { nothingHere } from '#app/http/error-reply.ts'
import { acting } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { createFeed, listCalendarFeeds, renewFeed, revokeFeed } from '#app/services/calendar-feeds.server.ts'
import { FeedIdInput, FeedInput } from '#app/services/calendar-input.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { clients, feeds } = await listCalendarFeeds(member)
  const wanted = new URL(request.url).searchParams.get('client')
  return { clients, feeds, clientId: clients.find(({ id }) => id === wanted)?.id ?? null }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const values = formValues(await readForm(request))
  // Shown in this one answer; only a hash is kept.
  const address = (path: string) => ({ address: `${publicOrigin(request)}${path}` })
  if (values.intent === 'renew' || values.intent === 'revoke') {
    const parsed = parseWith(FeedIdInput, values)
    if (!parsed.ok) throw nothingHere()
    const { feedId } = parsed.input
    return acting(async () => {
      if (values.intent === 'renew') return address(await renewFeed(member, feedId))
      await revokeFeed(member, feedId)
      return { outcome: 'revoked' as const }
    })
  }
  const parsed = parseWith(FeedInput, values)
  if (!parsed.ok) return data({ errors: parsed.fieldErrors, typed: typedFeed(values) }, { status: 400 })
  return acting(async () => address(await createFeed(member, parsed.input)))
}

const texts = (value: unknown) =>
  Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : []
const typedFeed = (values: Record<string, unknown>) => ({
  ...{ name: String(values.name ?? ''), reader: String(values.reader ?? 'me') },
  ...{ clientIds: texts(values.clientIds), kinds: texts(values.kinds) },
})

export const meta: MetaFunction = () => [{ title: pageTitle('Calendar addresses') }]

export default function CalendarFeedsPage() {
  const { clients, feeds, clientId } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const key = useReplyKey(reply)
  return (
    <>
      <PageHeader
        title="Calendar addresses"
        breadcrumb={[{ label: 'Calendar', href: '/calendar' }]}
        lead="Your calendar program can subscribe to the calendar here: Outlook, Google Calendar, Apple Calendar and most others take such an address. Whoever has it reads along, so treat it like a password."
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {reply && 'address' in reply && reply.address ? (
        <Notice kind="success" announce title="Copy this address now">
          <CopyableHash value={reply.address} label="address" whole />
          <p className="mt-1">
            It is shown this once; only a hash of it is kept. Enter it in the calendar program as a calendar
            from the internet, also called a subscription.
          </p>
        </Notice>
      ) : null}
      {reply && 'outcome' in reply ? (
        <Notice kind="success" announce>
          The address was revoked and opens nothing any more.
        </Notice>
      ) : null}
      {feeds.length > 0 ? (
        <PageSection title="Addresses" lead="Your own, and those of clients.">
          <FeedList feeds={feeds} />
        </PageSection>
      ) : null}
      <PageSection title="Make an address">
        <FeedForm
          key={key}
          clients={clients}
          clientId={clientId}
          errors={reply && 'errors' in reply ? reply.errors : undefined}
          typed={reply && 'typed' in reply ? reply.typed : undefined}
        />
      </PageSection>
    </>
  )
}
