/** What a webhook was told, the newest first, with each try and what was answered. */
import { Form } from '@remix-run/react'
import { RotateCw } from 'lucide-react'
import { WEBHOOK_EVENTS } from '#app/services/webhook-events.ts'
import type { ShownDelivery } from '#app/services/webhook-log.server.ts'
import { Button } from '../button.tsx'
import { Disclosure } from '../disclosure.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { DELIVERY_STATES } from './webhook-states.ts'

type Dated<T> = Omit<T, 'createdAt' | 'attempts'> & {
  createdAt: Date | string
  attempts: readonly (Omit<ShownDelivery['attempts'][number], 'at'> & { at: Date | string })[]
}
export type DeliveryRow = Dated<ShownDelivery>

const wordsOf = (kind: string) =>
  Object.hasOwn(WEBHOOK_EVENTS, kind) ? WEBHOOK_EVENTS[kind as keyof typeof WEBHOOK_EVENTS] : 'A test'

export function DeliveryLog({ deliveries, isOn }: { deliveries: readonly DeliveryRow[]; isOn: boolean }) {
  return (
    <ol className="border-rule border-t">
      {deliveries.map((delivery) => (
        <li key={delivery.id} className="border-hairline border-b py-3">
          <div className="flex flex-wrap items-baseline justify-between gap-x-5 gap-y-1">
            <h3 className="min-w-0 break-words font-medium">{delivery.title}</h3>
            <StatusBadge {...DELIVERY_STATES[delivery.state]} />
          </div>
          <p className="text-caption text-ink-soft">
            {wordsOf(delivery.kind)}, <Time at={delivery.createdAt} show="moment" />
            {delivery.replays > 0 ? `, sent again ${delivery.replays}×` : ''}
          </p>
          {delivery.attempts.length > 0 ? (
            <ul className="mt-2 space-y-1">
              {delivery.attempts.map(({ id, at, took, status, answer, failure }) => (
                <li key={id} className="wrap-anywhere text-caption">
                  <Time at={at} show="moment" />, {took} ms: {failure ?? `It answered ${status}.`}
                  {answer ? <span className="block text-ink-soft">“{answer}”</span> : null}
                </li>
              ))}
            </ul>
          ) : null}
          <div className="mt-2 flex flex-wrap items-start justify-between gap-3">
            <div className="min-w-0 grow">
              <Disclosure title="What is sent">
                <p className="wrap-anywhere font-mono text-micro text-ink-soft">{delivery.messageId}</p>
                <pre className="mt-1 whitespace-pre-wrap break-words font-mono text-micro">
                  {delivery.body}
                </pre>
              </Disclosure>
            </div>
            {delivery.state !== 'queued' && isOn ? (
              <Form method="post">
                <input type="hidden" name="intent" value="replay" />
                <input type="hidden" name="deliveryId" value={delivery.id} />
                <Button type="submit" size="small" icon={RotateCw}>
                  Send again<span className="sr-only">: {delivery.title}</span>
                </Button>
              </Form>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
