import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Link2Off, Mail } from 'lucide-react'
import { QuestionShares } from '#app/components/assignment/question-shares.tsx'
import { Button } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { FormErrorSummary } from '#app/components/form-error-summary.tsx'
import { TextLink } from '#app/components/link.tsx'
import { MailTrouble } from '#app/components/mail/mail-trouble.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { TextField } from '#app/components/text-field.tsx'
import { Time } from '#app/components/time.tsx'
import { nothingHere } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { listClientAssignments } from '#app/services/assignment-list.server.ts'
import { shareOut } from '#app/services/assignment-shares.ts'
import { RoomLinkId, RoomLinkInput } from '#app/services/room-input.ts'
import { listRoomLinks, revokeRoomLink, sendRoomLink } from '#app/services/rooms.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const { client, links } = await answering(() => listRoomLinks(member, clientId))
  const assigned = await listClientAssignments(member, clientId)
  const search = new URL(request.url).searchParams
  return {
    clientId,
    shares: shareOut(assigned),
    isArchived: client.archivedAt !== null,
    // A page that sends somebody here says whom it is about.
    name: search.get('name') ?? client.contactName ?? '',
    email: search.get('email') ?? client.contactEmail ?? '',
    links: links.map(
      ({ id, recipientName, recipientEmail, sentAt, openedAt, expiresAt, delivery, state, mail }) => ({
        id,
        recipientName,
        recipientEmail,
        sentAt,
        openedAt,
        expiresAt,
        delivery,
        state,
        mail,
      }),
    ),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  if (values.intent === 'revoke-room-link') {
    const parsed = parseWith(RoomLinkId, values)
    if (!parsed.ok) throw nothingHere()
    return acting(async () => {
      await revokeRoomLink(member, clientId, parsed.input.linkId)
      return { told: 'Link taken back: it opens nothing any more' }
    })
  }
  const parsed = parseWith(RoomLinkInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    const { delivery } = await sendRoomLink(member, clientId, parsed.input, publicOrigin(request))
    const { recipientName } = parsed.input
    return {
      told:
        delivery === 'mail-server'
          ? `The link to ${recipientName} is on its way`
          : `The mail to ${recipientName} waits in the outbox for you to hand over`,
    }
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('People') }]

const STATES = {
  open: { word: 'Works', tone: 'ok' },
  expired: { word: 'Expired', tone: 'neutral' },
  revoked: { word: 'Taken back', tone: 'neutral' },
} as const

export default function ClientPeoplePage() {
  const { clientId, shares, links, name, email, isArchived } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { state, formData } = useNavigation()
  const errors: Record<string, string> = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  return (
    <>
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {reply && 'told' in reply ? <Notice kind="success" announce title={reply.told} /> : null}
      {links.length > 0 ? (
        <PageSection
          title="People"
          lead="Each has one link, and sees behind it only what was asked of them: questions to answer, files to send, and papers to sign."
        >
          <DataTable
            caption="Links to the client’s room"
            rows={links}
            rowKey={({ id }) => id}
            empty={null}
            columns={[
              {
                id: 'who',
                header: 'Person',
                isRowHeader: true,
                cell: (row) => (
                  <span className="wrap-anywhere">
                    {row.recipientName}{' '}
                    <span className="font-normal text-caption text-ink-soft">{row.recipientEmail}</span>
                  </span>
                ),
              },
              { id: 'sent', header: 'Sent', cell: (row) => <Time at={row.sentAt} show="moment" /> },
              {
                id: 'opened',
                header: 'Opened',
                cell: (row) => (row.openedAt ? <Time at={row.openedAt} show="moment" /> : 'Not yet'),
              },
              {
                id: 'state',
                header: 'State',
                cell: (row) => (
                  <>
                    <StatusBadge {...STATES[row.state]} />
                    <MailTrouble mail={row.mail} />
                  </>
                ),
              },
              {
                id: 'revoke',
                header: 'Take back',
                cell: (row) =>
                  row.state === 'open' ? (
                    <Form method="post">
                      <input type="hidden" name="intent" value="revoke-room-link" />
                      <input type="hidden" name="linkId" value={row.id} />
                      <Button type="submit" size="small" icon={Link2Off}>
                        Take back<span className="sr-only"> the link of {row.recipientName}</span>
                      </Button>
                    </Form>
                  ) : null,
              },
            ]}
          />
        </PageSection>
      ) : null}
      <QuestionShares shares={shares} exportHref={`/clients/${clientId}/people/export`} />
      {isArchived ? (
        <Notice kind="info">This client is archived: no link is sent any more.</Notice>
      ) : (
        <PageSection
          title="Send somebody their link"
          lead={
            <>
              They need no account: the link and a one-time code open a page with what was asked of them. A
              new link ends those they had. Mails wait in the <TextLink to="/outbox">outbox</TextLink> where
              no mail server is configured.
            </>
          }
        >
          <Form method="post" noValidate key={links.length} className="flex max-w-measure flex-col gap-5">
            <FormErrorSummary
              problems={Object.entries(errors).map(([field, message]) => ({ fieldId: field, message }))}
            />
            <input type="hidden" name="intent" value="send-room-link" />
            <div className="grid gap-5 sm:grid-cols-2">
              <TextField
                id="recipientName"
                name="recipientName"
                label="Name"
                autoComplete="off"
                defaultValue={name}
                error={errors.recipientName}
              />
              <TextField
                id="recipientEmail"
                name="recipientEmail"
                type="email"
                label="E-mail"
                autoComplete="off"
                defaultValue={email}
                error={errors.recipientEmail}
              />
            </div>
            <Button
              type="submit"
              variant="primary"
              icon={Mail}
              className="self-start max-sm:self-stretch"
              loading={state !== 'idle' && formData?.get('intent') === 'send-room-link'}
              loadingLabel="Sending"
            >
              Send the link
            </Button>
          </Form>
        </PageSection>
      )}
    </>
  )
}
