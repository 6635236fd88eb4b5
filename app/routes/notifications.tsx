import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { BellRing } from 'lucide-react'
import { z } from 'zod'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { NoticeList } from '#app/components/reminder/notice-list.tsx'
import { unknownAct } from '#app/http/error-reply.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listNotices, readNotices } from '#app/services/reminders.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return { notices: await listNotices(member) }
}

const Read = z.object({ id: z.union([z.literal('all'), z.uuid()]) })

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const parsed = parseWith(Read, formValues(await readForm(request)))
  if (!parsed.ok) throw unknownAct()
  const { id } = parsed.input
  await readNotices(member, id === 'all' ? undefined : id)
  return { outcome: 'read' as const }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Notifications') }]

export default function NotificationsPage() {
  const { notices } = useLoaderData<typeof loader>()
  const isUnread = notices.some(({ readAt }) => readAt === null)
  return (
    <>
      <PageHeader
        title="Notifications"
        lead="What you were reminded of, unread first."
        actions={
          <>
            {isUnread ? (
              <Form method="post">
                <input type="hidden" name="id" value="all" />
                <Button type="submit" size="small">
                  Mark all as read
                </Button>
              </Form>
            ) : null}
            <ButtonLink size="small" to="/account/reminders">
              How you are reminded
            </ButtonLink>
          </>
        }
      />
      {notices.length > 0 ? (
        <NoticeList notices={notices} />
      ) : (
        <EmptyState icon={BellRing} title="Nothing yet">
          What waits for you appears here when its day comes near.
        </EmptyState>
      )}
    </>
  )
}
