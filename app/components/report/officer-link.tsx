/** The preparer's view of the attestation: send the link, see how far the officer is, take it back. */
import { Form, useNavigation } from '@remix-run/react'
import { Inbox, MailCheck, Undo2 } from 'lucide-react'
import type { LinkProgress } from '#app/services/attestation-links.server.ts'
import { Button, ButtonLink } from '../button.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'

type AsSent<T> = { [K in keyof T]: T[K] extends Date | null ? T[K] | string : T[K] }

interface OfficerLinkProps {
  officer: { name: string; email: string | null }
  link: AsSent<LinkProgress> | null
  mailsLeave: boolean
  refusal: string | undefined
}

export function OfficerLink({ officer, link, mailsLeave, refusal }: OfficerLinkProps) {
  const { state, formData } = useNavigation()
  const isOpen = link?.state === 'open'
  const busy = (intent: string) => state !== 'idle' && formData?.get('intent') === intent
  return (
    <PageSection
      title="Attestation by the insured"
      lead={
        <>
          {officer.name} attests from a link of their own, with a one-time code, after reading every answer
          that evidence does not fully carry. Nobody here can sign for the insured.
        </>
      }
    >
      {refusal ? (
        <div className="mb-4">
          <Notice kind="danger" announce>
            {refusal}
          </Notice>
        </div>
      ) : null}
      {link ? <Progress link={link} /> : null}
      <div className="mt-5 flex flex-wrap gap-2.5">
        <Form method="post" preventScrollReset>
          <input type="hidden" name="intent" value="send-link" />
          <Button
            type="submit"
            icon={MailCheck}
            variant={isOpen ? 'secondary' : 'primary'}
            loading={busy('send-link')}
            loadingLabel="Sending"
          >
            {isOpen ? 'Send a new link' : `Send the link to ${officer.email ?? officer.name}`}
          </Button>
        </Form>
        {isOpen ? (
          <Form method="post" preventScrollReset>
            <input type="hidden" name="intent" value="revoke-link" />
            <Button type="submit" icon={Undo2} loading={busy('revoke-link')} loadingLabel="Taking back">
              Take the link back
            </Button>
          </Form>
        ) : null}
        {mailsLeave ? null : (
          <ButtonLink icon={Inbox} to="/outbox">
            Open the outbox
          </ButtonLink>
        )}
      </div>
      {mailsLeave ? null : (
        <div className="mt-5 max-w-measure">
          <Notice kind="warning" title="Mails do not leave">
            No mail server is set up, or this is the demo. Link and code wait in the outbox; hand them to the
            officer yourself. The record of the attestation says so, which makes it weaker proof.
          </Notice>
        </div>
      )}
    </PageSection>
  )
}

const STATE = {
  open: 'Open',
  expired: 'Expired: send a new one',
  revoked: 'Taken back',
  finished: 'Used',
} as const

function Progress({ link }: { link: AsSent<LinkProgress> }) {
  return (
    <DefinitionList
      items={[
        {
          term: 'Link',
          value: (
            <>
              {STATE[link.state]}
              <span className="block text-caption text-ink-soft">
                To {link.recipient}, sent by {link.sentByName} <Time at={link.sentAt} show="moment" />; works
                until <Time at={link.expiresAt} />
              </span>
            </>
          ),
        },
        {
          term: 'Opened',
          value: link.openedAt ? <Time at={link.openedAt} show="moment" /> : 'Not yet',
        },
        {
          term: 'Code entered',
          value: link.codeEnteredAt ? <Time at={link.codeEnteredAt} show="moment" /> : 'Not yet',
        },
        { term: 'Confirmed one by one', value: `${link.confirmed} of ${link.toConfirm}` },
      ]}
    />
  )
}
