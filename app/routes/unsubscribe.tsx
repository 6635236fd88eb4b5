/**
 * Stops summaries, for whoever holds the address out of one. Opening it changes nothing, because mail scanners open
 * every address; a mail program's own button (RFC 8058) posts and asks no further question.
 */
import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { SignerLayout } from '#app/components/attestation/signer-layout.tsx'
import { Button } from '#app/components/button.tsx'
import { Notice } from '#app/components/notice.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { answering } from '#app/http/faults.server.ts'
import { showUnsubscribe, subscribeAgain, unsubscribe } from '#app/services/unsubscribing.server.ts'

export async function loader({ params }: LoaderFunctionArgs) {
  return answering(() => showUnsubscribe(params.token))
}

export async function action({ request, params }: ActionFunctionArgs) {
  // Programs send whatever they like with it, even nothing: only our own button says anything else.
  const form = await request.formData().catch(() => null)
  const isUndo = form?.get('intent') === 'undo'
  await answering(() => (isUndo ? subscribeAgain(params.token) : unsubscribe(params.token)))
  return null
}

export const meta: MetaFunction = () => [
  { title: pageTitle('Summaries by mail') },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
]

export default function UnsubscribePage() {
  const { organisationName, address, isStopped } = useLoaderData<typeof loader>()
  return (
    <SignerLayout
      kicker={organisationName}
      title={isStopped ? 'You get no summaries any more' : 'Stop the summaries?'}
      lead={
        isStopped
          ? null
          : `${organisationName} sends summaries of what is open to ${address}. Requests, codes and papers to sign are mails of their own and still arrive.`
      }
    >
      {isStopped ? (
        <>
          <Notice kind="success" announce title={`Nothing more of this kind goes to ${address}`}>
            Requests, codes and papers to sign are mails of their own and still arrive.
          </Notice>
          <Form method="post" className="mt-5">
            <input type="hidden" name="intent" value="undo" />
            <Button type="submit">Get them again</Button>
          </Form>
        </>
      ) : (
        <Form method="post">
          <Button type="submit" variant="primary">
            Stop the summaries
          </Button>
        </Form>
      )}
    </SignerLayout>
  )
}
