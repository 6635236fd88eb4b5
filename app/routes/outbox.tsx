import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { HeldOffer } from '#app/components/mail/held-offer.tsx'
import { MailFailures } from '#app/components/mail/mail-failures.tsx'
import { MailList } from '#app/components/mail/mail-list.tsx'
import { MailStops } from '#app/components/mail/mail-stops.tsx'
import { ReportUpload } from '#app/components/mail/report-upload.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { useRefreshing } from '#app/components/use-refreshing.ts'
import { acting } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { LiftInput, OutboxQuery, ResendAllInput, ResendHeldInput } from '#app/services/mail-input.ts'
import { countOutbox, listOutbox, mailsLeave, OUTBOX_PAGE } from '#app/services/mail-outbox.server.ts'
import { MOST_REPORT_BYTES, takeUploadedReport } from '#app/services/mail-reports.server.ts'
import {
  listMailFailures,
  resendFailed,
  resendHeld,
  resendMail,
} from '#app/services/mail-resending.server.ts'
import { liftMailStop, listMailStops } from '#app/services/mail-stops.server.ts'
import type { Member } from '#app/services/member.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { state, page: asked } = OutboxQuery.parse(Object.fromEntries(new URL(request.url).searchParams))
  const total = await countOutbox(member, state)
  const page = Math.min(asked, Math.max(1, Math.ceil(total / OUTBOX_PAGE)))
  const [mails, failures, stops] = await Promise.all([
    listOutbox(member, { state, page }),
    listMailFailures(member),
    listMailStops(member),
  ])
  const view = { state, page, total, pageSize: OUTBOX_PAGE }
  return { mails, failures, stops, view, leave: mailsLeave(member), isDemo: member.organisationIsDemo }
}

const sayResent = (sent: number) =>
  sent === 1 ? 'One mail is on its way again' : `${sent} mails are on their way again`

const sayAllowed = (address: string) => `Mails to ${address} are allowed again`

const unknown = () => data({ sentence: 'The page asked for something unknown. Reload it.' }, { status: 400 })

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const form = await readForm(request)
  const values = formValues(form)
  switch (values.intent) {
    case 'resend':
      return acting(async () => {
        await resendMail(member, idParam(String(values.mailId ?? '')))
        return { told: 'The mail is on its way again' }
      })
    case 'resend-all': {
      const parsed = parseWith(ResendAllInput, values)
      if (!parsed.ok) throw unknown()
      return acting(async () => ({ told: sayResent(await resendFailed(member, parsed.input.cause)) }))
    }
    case 'resend-held': {
      const parsed = parseWith(ResendHeldInput, values)
      if (!parsed.ok) throw unknown()
      return acting(async () => ({ told: sayResent(await resendHeld(member, parsed.input.address)) }))
    }
    case 'lift': {
      const parsed = parseWith(LiftInput, values)
      if (!parsed.ok) throw unknown()
      return acting(async () => {
        const { address } = parsed.input
        const mails = await liftMailStop(member, parsed.input)
        return mails > 0 ? { allowed: { address, mails } } : { told: sayAllowed(address) }
      })
    }
    case 'report':
      return takeReport(member, form.get('report'))
    default:
      throw unknown()
  }
}

const OUTCOMES = {
  bounced: (to: string) => `Noted: the mail to ${to} came back`,
  counted: (to: string) => `Noted: the mail to ${to} is late; it may still arrive`,
  complained: (to: string) => `Noted: ${to} gets no summaries any more`,
} as const

async function takeReport(member: Member, file: FormDataEntryValue | null) {
  if (!(file instanceof File) || file.size === 0)
    return data({ fieldErrors: { report: 'Choose the message that came back.' } }, { status: 400 })
  if (file.size > MOST_REPORT_BYTES)
    return data(
      { fieldErrors: { report: 'A report has at most 1 MB. Check which file this is.' } },
      { status: 400 },
    )
  return acting(async () => {
    const raw = new Uint8Array(await file.arrayBuffer())
    const { outcome, recipient } = await takeUploadedReport(member, raw)
    const words = outcome in OUTCOMES ? OUTCOMES[outcome as keyof typeof OUTCOMES] : null
    return { told: words ? words(recipient) : 'The report says nothing that was not known' }
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Outbox') }]

export default function OutboxPage() {
  const { mails, failures, stops, view, leave, isDemo } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  // Loading the page's data again drops what an action answered: a refusal and an offer stay until they were read.
  const isToBeRead = reply !== undefined && !('told' in reply)
  const queued = mails.flatMap(({ id, state }) => (state === 'queued' ? id : []))
  useRefreshing(!isToBeRead && queued.length > 0, queued.join())
  return (
    <>
      <PageHeader
        title="Outbox"
        lead="Mails to those who are asked, who sign, who review and who read shared reports, the newest first."
      />
      {reply && 'refusal' in reply ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      {reply && 'told' in reply ? (
        <div className="mb-5">
          <Notice kind="success" announce title={reply.told} />
        </div>
      ) : null}
      {reply && 'allowed' in reply ? (
        <div className="mb-5">
          <Notice kind="success" announce title={sayAllowed(reply.allowed.address)}>
            <HeldOffer {...reply.allowed} />
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
      {failures.length > 0 ? (
        <PageSection
          title="Not sent"
          lead="Mails that were given up, came back or were held back, by what was said. Once that is mended, send them again. Those to addresses that get no mails are left out."
        >
          <MailFailures failures={failures} />
        </PageSection>
      ) : null}
      {stops.length > 0 ? (
        <PageSection
          title="Addresses that get no mails"
          lead="Nothing is sent to an address that refused a mail, and no summaries to readers who stopped them."
        >
          <MailStops stops={stops} />
        </PageSection>
      ) : null}
      <PageSection title="Mails">
        <MailList mails={mails} view={view} />
      </PageSection>
      {leave ? (
        <PageSection
          title="A mail came back to your mailbox"
          lead="Hand in what the mail server wrote. The address then gets nothing more until somebody allows it again, and the page that the mail came from says so."
        >
          <ReportUpload error={reply && 'fieldErrors' in reply ? reply.fieldErrors.report : undefined} />
        </PageSection>
      ) : null}
    </>
  )
}
