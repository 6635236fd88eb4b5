import {
  type ActionFunctionArgs,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Inbox } from 'lucide-react'
import { EmptyState } from '#app/components/empty-state.tsx'
import { MailCard } from '#app/components/mail/mail-card.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { useRefreshing } from '#app/components/use-refreshing.ts'
import { acting } from '#app/http/faults.server.ts'
import { formValues, idParam, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listOutbox, mailsLeave, resendMail } from '#app/services/mail-outbox.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return { mails: await listOutbox(member), leave: mailsLeave(member), isDemo: member.organisationIsDemo }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const { mailId } = formValues(await readForm(request))
  return acting(async () => {
    await resendMail(member, idParam(typeof mailId === 'string' ? mailId : undefined))
    return redirect('/outbox')
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Outbox') }]

export default function OutboxPage() {
  const { mails, leave, isDemo } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  useRefreshing(mails.some(({ state }) => state === 'queued'))
  return (
    <>
      <PageHeader
        title="Outbox"
        lead="Mails to those who sign reports and to readers of shared reports, the newest first."
      />
      {reply && 'refusal' in reply ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      {leave ? null : (
        <div className="mb-6 max-w-measure">
          <Notice kind="warning" title="Mails do not leave from here">
            {isDemo
              ? 'The demo writes to made-up people, so its mails wait here. Open their links in this browser.'
              : 'No mail server is set up (ATTESTED_SMTP_URL and ATTESTED_MAIL_FROM). Hand each mail over yourself; links and codes disappear from here once they are used or over.'}
          </Notice>
        </div>
      )}
      {mails.length > 0 ? (
        <div className="border-rule border-t">
          {mails.map((mail) => (
            <MailCard key={mail.id} {...mail} />
          ))}
        </div>
      ) : (
        <EmptyState icon={Inbox} title="Nothing was written yet">
          Once a report is certified, send the officer of the insured a link from its page. The mail shows up
          here.
        </EmptyState>
      )}
    </>
  )
}
