/** How a webhook and its messages stand, in a word. */
import { CircleAlert, CircleCheck, CirclePause, Clock, Link2Off } from 'lucide-react'
import type { ShownDelivery } from '#app/services/webhook-log.server.ts'
import type { ShownWebhook } from '#app/services/webhooks.server.ts'
import type { StatusLook } from '../status-badge.tsx'

export const WEBHOOK_STATES: Record<Exclude<ShownWebhook['state'], 'removed'>, StatusLook> = {
  on: { word: 'On', icon: CircleCheck, tone: 'ok' },
  off: { word: 'Off', icon: CirclePause, tone: 'neutral' },
  gone: { word: 'Ended by the other side', icon: Link2Off, tone: 'bad' },
}

export const lookOf = (state: ShownWebhook['state']): StatusLook =>
  WEBHOOK_STATES[state === 'removed' ? 'off' : state]

export const DELIVERY_STATES: Record<ShownDelivery['state'], StatusLook> = {
  queued: { word: 'On its way', icon: Clock, tone: 'info' },
  delivered: { word: 'Delivered', icon: CircleCheck, tone: 'ok' },
  failed: { word: 'Given up', icon: CircleAlert, tone: 'bad' },
}
