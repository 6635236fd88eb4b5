/** The preparer's view of everybody who signs from a link: send it, see how far they are, take it back. */
import { Form, useNavigation } from '@remix-run/react'
import { Inbox, MailCheck, Undo2 } from 'lucide-react'
import { nameOfSlot } from '#app/report/signing-order.ts'
import type { LinkProgress, Signing } from '#app/services/attestation-links.server.ts'
import { Button, ButtonLink } from '../button.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'
import { TimestampLine } from './timestamp-line.tsx'

type AsSent<T> = { [K in keyof T]: T[K] extends Date | null ? T[K] | string : T[K] }
type ShownSigning = Pick<Signing, 'id' | 'signer' | 'state' | 'failure'> & {
  link: AsSent<LinkProgress> | null
}

interface SignerLinksProps {
  /** Those who sign by link and have not yet, in the order of the report. */
  waiting: readonly ShownSigning[]
  mailsLeave: boolean
  refusal: string | undefined
}

/** The officer attests last, so their link comes when nobody else is left. */
export function SignerLinks({ waiting, mailsLeave, refusal }: SignerLinksProps) {
  const others = waiting.filter(({ signer }) => signer.role !== 'insured-officer')
  const officer = waiting.find(({ signer }) => signer.role === 'insured-officer')
  return (
    <>
      {refusal ? (
        <div className="mt-6">
          <Notice kind="danger" announce>
            {refusal}
          </Notice>
        </div>
      ) : null}
      {others.length > 0 ? (
        <PageSection
          title="Signatures before the officer’s"
          lead="Each signs from a link of their own, with a one-time code, in any order. The officer of the insured attests when all of them have."
        >
          {others.map((signing) => (
            <section key={signing.id} className="border-hairline border-b py-4 first:border-t">
              <h3 className="font-semibold">
                {signing.signer.name}, {nameOfSlot(signing).toLowerCase()}
              </h3>
              <OneSigner signing={signing} />
            </section>
          ))}
        </PageSection>
      ) : null}
      {officer ? (
        <PageSection
          title="Attestation by the insured"
          lead={
            <>
              {officer.signer.name} attests from a link of their own, with a one-time code, after reading
              every answer that evidence does not fully carry. Nobody here can sign for the insured.
            </>
          }
        >
          {others.length > 0 ? (
            <p>The link can be sent when everybody above has signed.</p>
          ) : (
            <OneSigner signing={officer} />
          )}
        </PageSection>
      ) : null}
      {mailsLeave ? null : (
        <div className="mt-5 max-w-measure">
          <Notice
            kind="warning"
            title="Mails do not leave"
            action={
              <ButtonLink icon={Inbox} to="/outbox">
                Open the outbox
              </ButtonLink>
            }
          >
            No mail server is set up, or this is the demo. Link and code wait in the outbox; hand them to the
            signer yourself. The record of the signature says so, which makes it weaker proof.
          </Notice>
        </div>
      )}
    </>
  )
}

const DEEDS = {
  'technical-contributor': 'Certified',
  contributor: 'Signed',
  reviewer: 'Reviewed',
  'insured-officer': 'Attested',
} as const

/** Since when somebody's signature is in, or that it is not. */
export function SigningLine({
  signing: { signer, state, signedAt, timestamp },
}: {
  signing: Pick<Signing, 'signer' | 'state' | 'timestamp'> & { signedAt: Date | string | null }
}) {
  if (!signedAt) return state === 'signing' ? 'Being signed' : 'Not signed yet'
  return (
    <>
      {DEEDS[signer.role]} <Time at={signedAt} show="moment" />
      <TimestampLine timestamp={timestamp} />
    </>
  )
}

function OneSigner({ signing }: { signing: ShownSigning }) {
  const { id, signer, link, state, failure } = signing
  const { state: sending, formData } = useNavigation()
  const isOpen = link?.state === 'open'
  const busy = (intent: string) =>
    sending !== 'idle' && formData?.get('intent') === intent && formData.get('slot') === id
  if (state === 'signing') return <p className="mt-2">The signature is being added.</p>
  return (
    <>
      {failure ? (
        <div className="my-4">
          <Notice kind="danger" title="The last attempt to sign failed">
            {failure}
          </Notice>
        </div>
      ) : null}
      {link ? <Progress link={link} /> : null}
      <div className="mt-4 flex flex-wrap gap-2.5">
        <Form method="post" preventScrollReset>
          <input type="hidden" name="intent" value="send-link" />
          <input type="hidden" name="slot" value={id} />
          <Button
            type="submit"
            icon={MailCheck}
            variant={isOpen ? 'secondary' : 'primary'}
            loading={busy('send-link')}
            loadingLabel="Sending"
          >
            {isOpen ? 'Send a new link' : `Send the link to ${signer.email ?? signer.name}`}
          </Button>
        </Form>
        {isOpen ? (
          <Form method="post" preventScrollReset>
            <input type="hidden" name="intent" value="revoke-link" />
            <input type="hidden" name="slot" value={id} />
            <Button type="submit" icon={Undo2} loading={busy('revoke-link')} loadingLabel="Taking back">
              Take the link back
            </Button>
          </Form>
        ) : null}
      </div>
    </>
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
