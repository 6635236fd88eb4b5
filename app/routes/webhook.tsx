import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useSubmit } from '@remix-run/react'
import { KeyRound, Power, Send, Trash2 } from 'lucide-react'
import { Button } from '#app/components/button.tsx'
import { ConfirmDialog } from '#app/components/confirm-dialog.tsx'
import { Disclosure } from '#app/components/disclosure.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { useRefreshing } from '#app/components/use-refreshing.ts'
import { DeliveryLog } from '#app/components/webhook/delivery-log.tsx'
import { ReplayForm } from '#app/components/webhook/replay-form.tsx'
import { SecretOnce } from '#app/components/webhook/secret-once.tsx'
import { WebhookForm } from '#app/components/webhook/webhook-form.tsx'
import { lookOf } from '#app/components/webhook/webhook-states.ts'
import { unknownAct } from '#app/http/error-reply.ts'
import { acting } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { forOwners } from '#app/http/webhook-page.server.ts'
import { ReplaySpan, SeenVersion, WebhookInput } from '#app/services/webhook-input.ts'
import { getWebhookLog, replayDelivery, replaySpan, testWebhook } from '#app/services/webhook-log.server.ts'
import {
  changeWebhook,
  OVERLAP_HOURS,
  removeWebhook,
  renewWebhookSecret,
  switchWebhook,
} from '#app/services/webhooks.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const found = await forOwners(() => getWebhookLog(member, idParam(params.webhookId)))
  return { ...found, overlapHours: OVERLAP_HOURS }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const webhookId = idParam(params.webhookId)
  const values = formValues(await readForm(request))
  switch (values.intent) {
    case 'save': {
      const parsed = parseWith(WebhookInput, values)
      const seen = parseWith(SeenVersion, values)
      if (!parsed.ok || !seen.ok)
        return data({ fieldErrors: parsed.ok ? {} : parsed.fieldErrors }, { status: 400 })
      return acting(async () => {
        await changeWebhook(member, webhookId, parsed.input, seen.input.seenVersion)
        return { told: 'Saved' }
      })
    }
    case 'test':
      return acting(async () => {
        await testWebhook(member, webhookId)
        return { told: 'A test is on its way. What comes of it stands below.' }
      })
    case 'switch-on':
    case 'switch-off':
      return acting(async () => {
        const state = values.intent === 'switch-on' ? 'on' : 'off'
        await switchWebhook(member, webhookId, state)
        return { told: state === 'on' ? 'The webhook is on' : 'The webhook is off' }
      })
    case 'renew-secret':
      return acting(async () => ({ secret: await renewWebhookSecret(member, webhookId) }))
    case 'replay':
      return acting(async () => {
        await replayDelivery(member, webhookId, idParam(String(values.deliveryId ?? '')))
        return { told: 'The message is on its way again' }
      })
    case 'replay-span': {
      const parsed = parseWith(ReplaySpan, values)
      if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
      return acting(async () => ({ told: sayReplayed(await replaySpan(member, webhookId, parsed.input)) }))
    }
    case 'remove':
      return acting(async () => {
        await removeWebhook(member, webhookId)
        return redirect('/webhooks')
      })
    default:
      throw unknownAct()
  }
}

function sayReplayed({ sent, left }: { sent: number; left: number }): string {
  const words = sent === 1 ? 'One message is on its way again' : `${sent} messages are on their way again`
  return left === 0
    ? words
    : `${words}. ${left} of these days are left: send the same days again for the next.`
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded?.webhook.name ?? 'Webhook') },
]

export default function WebhookPage() {
  const { webhook, deliveries, overlapHours, today } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const submit = useSubmit()
  // Loading the page's data again drops what an action answered: a secret, a refusal and errors stay until they were read.
  const isToBeRead = reply !== undefined && !('told' in reply)
  const queued = deliveries.flatMap(({ id, state }) => (state === 'queued' ? id : []))
  useRefreshing(!isToBeRead && queued.length > 0, queued.join())
  const isOn = webhook.state === 'on'
  const errors: Record<string, string> = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  return (
    <>
      <PageHeader
        title={webhook.name}
        breadcrumb={[
          { label: 'Account', href: '/account' },
          { label: 'Webhooks', href: '/webhooks' },
        ]}
        meta={
          <>
            <StatusBadge {...lookOf(webhook.state)} />
            <span className="wrap-anywhere">{new URL(webhook.url).host}</span>
          </>
        }
        actions={
          <Form method="post" className="flex flex-wrap gap-2.5 max-sm:*:grow">
            {isOn ? (
              <Button type="submit" name="intent" value="test" icon={Send}>
                Send a test
              </Button>
            ) : null}
            <Button type="submit" name="intent" value={isOn ? 'switch-off' : 'switch-on'} icon={Power}>
              {isOn ? 'Switch off' : 'Switch on'}
            </Button>
          </Form>
        }
      />
      <div className="flex max-w-measure flex-col gap-4 empty:hidden [&:not(:empty)]:mb-6">
        {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
        {reply && 'told' in reply ? <Notice kind="success" announce title={reply.told} /> : null}
        {reply && 'secret' in reply ? <SecretOnce secret={reply.secret} overlapHours={overlapHours} /> : null}
        {isOn && webhook.restingUntil ? (
          <Notice kind="warning" title="The other side did not answer in time">
            Its messages wait for up to ten minutes before it is tried again. Once it is repaired, send a
            test: that is tried at once.
          </Notice>
        ) : null}
        {webhook.state === 'gone' ? (
          <Notice kind="warning" title="The other side answered 410: it wants no more of these">
            Nothing is sent any more. Put the address right, or switch it on again once the other side
            listens.
          </Notice>
        ) : null}
      </div>
      <PageSection
        title="Messages"
        lead="The newest 100. What is not taken is tried again for about six hours, and then waits here."
      >
        {deliveries.length > 0 ? (
          <DeliveryLog deliveries={deliveries} isOn={isOn} />
        ) : (
          <p className="text-ink-soft">Nothing was sent yet. Send a test to see whether it arrives.</p>
        )}
      </PageSection>
      {isOn && deliveries.length > 0 ? (
        <PageSection
          title="Send days again"
          lead="Each message keeps its id, so a program that has it already can tell."
        >
          <ReplayForm today={today} errors={errors} />
        </PageSection>
      ) : null}
      <PageSection title="How it is set up">
        <Disclosure
          title="Change the webhook"
          isOpen={Object.keys(errors).some((field) => field !== 'from' && field !== 'until')}
        >
          <WebhookForm key={webhook.version} webhook={webhook} errors={errors} />
        </Disclosure>
        <div className="mt-6 flex flex-wrap gap-2.5">
          <ConfirmDialog
            title="Make a new secret?"
            confirmLabel="Make a new secret"
            onConfirm={() => submit({ intent: 'renew-secret' }, { method: 'post' })}
            trigger={<Button icon={KeyRound}>New secret</Button>}
          >
            It is shown once. For {overlapHours} hours messages carry both signatures, so that the other side
            can change over.
          </ConfirmDialog>
          <ConfirmDialog
            danger
            title={`Remove ${webhook.name}?`}
            confirmLabel="Remove"
            onConfirm={() => submit({ intent: 'remove' }, { method: 'post' })}
            trigger={<Button icon={Trash2}>Remove</Button>}
          >
            Nothing is told to it any more, and its secret is forgotten. This cannot be undone.
          </ConfirmDialog>
        </div>
      </PageSection>
    </>
  )
}
