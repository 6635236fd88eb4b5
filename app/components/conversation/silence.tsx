/** Since when a client was not talked to, and what is known of its insurance. */
import type { ClientSilence } from '#app/services/conversation-log.ts'
import { countOf } from '../counts.ts'
import { DefinitionList } from '../definition-list.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'

export function Silence({ silence }: { silence: ClientSilence }) {
  const { insurer, broker, requirements, nextStep } = silence
  return (
    <div className="max-w-measure">
      <DefinitionList
        items={[
          { term: 'Last talked', value: <LastTalked silence={silence} /> },
          { term: 'Insurer', value: insurer ?? 'Not known' },
          { term: 'Broker', value: broker ?? 'Not known' },
          {
            term: 'They require',
            value: <span className="wrap-anywhere whitespace-pre-line">{requirements ?? 'Not known'}</span>,
          },
          { term: 'Next step', value: nextStep ? <NextStep step={nextStep} /> : 'None' },
        ]}
      />
    </div>
  )
}

function LastTalked({ silence: { lastOn, daysSince, isQuiet } }: { silence: ClientSilence }) {
  if (lastOn === null || daysSince === null) return <StatusBadge word="Never recorded" tone="warn" />
  return (
    <>
      <Time at={lastOn} />, {daysWords(daysSince).toLowerCase()}{' '}
      {isQuiet ? <StatusBadge word="Too long ago" tone="warn" /> : null}
    </>
  )
}

export function NextStep({ step }: { step: NonNullable<ClientSilence['nextStep']> }) {
  return (
    <>
      <span className="wrap-anywhere">{step.words}</span>
      {step.on ? (
        <span className="block text-caption text-ink-soft">
          {step.isOverdue ? 'Overdue since ' : 'Until '}
          <Time at={step.on} />
        </span>
      ) : null}
    </>
  )
}

export const daysWords = (days: number) => (days === 0 ? 'Today' : `${countOf(days, 'day')} ago`)
