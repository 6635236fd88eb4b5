/** The conversations of a client, the latest first; what was withdrawn stays, and says why. */
import { Form } from '@remix-run/react'
import { Button } from '../button.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { Submit } from '../signing/form-parts.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { TextAreaField } from '../text-field.tsx'
import { Time } from '../time.tsx'

export interface ShownConversation {
  id: string
  heldOn: string
  channel: string
  talkedWith: string
  summary: string
  insurer: string | null
  broker: string | null
  requirements: string | null
  nextStep: string | null
  nextStepOn: string | null
  nextStepDoneAt: Date | string | null
  recordedByName: string
  recordedAt: Date | string
  withdrawnAt: Date | string | null
  withdrawnByName: string | null
  withdrawnReason: string | null
}

interface ConversationListProps {
  conversations: readonly ShownConversation[]
  /** Of the last attempt to withdraw one. */
  refused?: { conversationId: string; reason: string }
}

export function ConversationList({ conversations, refused }: ConversationListProps) {
  return (
    <ol className="flex flex-col">
      {conversations.map((conversation) => (
        <li key={conversation.id} className="border-rule border-t py-5">
          <OneConversation
            conversation={conversation}
            error={refused?.conversationId === conversation.id ? refused.reason : undefined}
          />
        </li>
      ))}
    </ol>
  )
}

function OneConversation({
  conversation,
  error,
}: {
  conversation: ShownConversation
  error: string | undefined
}) {
  const { heldOn, channel, talkedWith, summary, recordedByName, recordedAt, withdrawnAt } = conversation
  return (
    <article aria-labelledby={`conversation-${conversation.id}`}>
      <h3 id={`conversation-${conversation.id}`} className="font-medium">
        <Time at={heldOn} />, {channel.toLowerCase()} with {talkedWith}
      </h3>
      <p className="text-caption text-ink-soft">
        Recorded by {recordedByName} on <Time at={recordedAt} />
      </p>
      {withdrawnAt ? <Withdrawn conversation={conversation} /> : null}
      <p className="wrap-anywhere mt-2 max-w-measure whitespace-pre-line">{summary}</p>
      <Told conversation={conversation} />
      {withdrawnAt ? null : <WithdrawForm id={conversation.id} error={error} />}
    </article>
  )
}

function Withdrawn({ conversation }: { conversation: ShownConversation }) {
  const { withdrawnAt, withdrawnByName, withdrawnReason } = conversation
  if (!withdrawnAt) return null
  return (
    <p className="wrap-anywhere mt-2 max-w-measure">
      <StatusBadge word="Withdrawn" tone="neutral" /> by {withdrawnByName} on <Time at={withdrawnAt} />:{' '}
      {withdrawnReason}
    </p>
  )
}

function Told({ conversation }: { conversation: ShownConversation }) {
  const { insurer, broker, requirements, nextStep } = conversation
  const told = [
    { term: 'Insurer', value: insurer },
    { term: 'Broker', value: broker },
    { term: 'They require', value: requirements },
  ].flatMap(({ term, value }) =>
    value ? [{ term, value: <span className="wrap-anywhere whitespace-pre-line">{value}</span> }] : [],
  )
  const items = nextStep
    ? [...told, { term: 'Next step', value: <NextStep conversation={conversation} /> }]
    : told
  return items.length > 0 ? (
    <div className="mt-3 max-w-measure">
      <DefinitionList items={items} />
    </div>
  ) : null
}

function NextStep({ conversation }: { conversation: ShownConversation }) {
  const { id, nextStep, nextStepOn, nextStepDoneAt, withdrawnAt } = conversation
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <span className="wrap-anywhere">
        {nextStep}
        {nextStepOn ? (
          <>
            , until <Time at={nextStepOn} />
          </>
        ) : null}
      </span>
      {nextStepDoneAt ? (
        <StatusBadge word="Done" tone="ok" />
      ) : withdrawnAt ? null : (
        <Form method="post">
          <input type="hidden" name="intent" value="step-done" />
          <input type="hidden" name="conversationId" value={id} />
          <Button type="submit" size="small">
            Mark as done<span className="sr-only">: {nextStep}</span>
          </Button>
        </Form>
      )}
    </div>
  )
}

function WithdrawForm({ id, error }: { id: string; error: string | undefined }) {
  return (
    <details className="mt-3" open={error !== undefined}>
      <summary className="cursor-pointer text-ink-soft hover:text-ink">Withdraw this conversation</summary>
      <Form method="post" className="mt-3 flex max-w-measure flex-col gap-4">
        <input type="hidden" name="intent" value="withdraw" />
        <input type="hidden" name="conversationId" value={id} />
        <TextAreaField
          name="reason"
          id={`reason-${id}`}
          label="Why it does not hold"
          hint="The conversation stays readable here and in the ledger, with this reason. Record anew what was said."
          rows={2}
          required
          minLength={10}
          maxLength={1000}
          error={error}
        />
        <Submit>Withdraw conversation</Submit>
      </Form>
    </details>
  )
}
