/** One mail: what became of it, and how its reader sees it. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { RotateCw } from 'lucide-react'
import { Button } from '#app/components/button.tsx'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { MailPreviews } from '#app/components/mail/mail-preview.tsx'
import { MAIL_STATES } from '#app/components/mail/mail-states.ts'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { previewMail } from '#app/services/mail-outbox.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return answering(() => previewMail(member, idParam(params.mailId)))
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded?.mail.subject ?? 'Mail') },
]

export default function OutboxMailPage() {
  const { mail, preview } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader
        title={mail.subject}
        breadcrumb={[{ label: 'Outbox', href: '/outbox' }]}
        meta={<StatusBadge {...MAIL_STATES[mail.state]} />}
        actions={
          mail.canResend ? (
            <Form method="post" action="/outbox">
              <input type="hidden" name="intent" value="resend" />
              <input type="hidden" name="mailId" value={mail.id} />
              <Button type="submit" icon={RotateCw} wide>
                Send again
              </Button>
            </Form>
          ) : null
        }
      />
      <div className="max-w-measure">
        <DefinitionList
          items={[
            { term: 'To', value: <span className="break-all">{mail.recipient}</span> },
            { term: 'Written', value: <Time at={mail.createdAt} show="moment" /> },
            ...(mail.sentAt
              ? [{ term: 'Taken by the mail server', value: <Time at={mail.sentAt} show="moment" /> }]
              : []),
            ...(mail.returnedAt
              ? [{ term: 'Came back', value: <Time at={mail.returnedAt} show="moment" /> }]
              : []),
            ...(mail.failure
              ? [{ term: 'What was said', value: <span className="wrap-anywhere">{mail.failure}</span> }]
              : []),
            ...(mail.softBounces > 0
              ? [{ term: 'Reports of “not now”', value: String(mail.softBounces) }]
              : []),
            ...(mail.resends > 0 ? [{ term: 'Sent again by hand', value: `${mail.resends}×` }] : []),
          ]}
        />
      </div>
      <PageSection
        title="How it reads"
        lead={
          preview?.isMasked
            ? 'Links and codes are left out here: they are for its reader alone.'
            : preview
              ? 'With its link or code, for you to hand over.'
              : undefined
        }
      >
        {preview ? (
          <MailPreviews subject={mail.subject} preview={preview} />
        ) : (
          <p className="text-ink-soft">
            {mail.isExpired && mail.state !== 'sent'
              ? 'What it said can serve nobody any more and is not shown.'
              : 'What it said is not kept once the mail server has it.'}
          </p>
        )}
      </PageSection>
    </>
  )
}
