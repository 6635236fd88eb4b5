/** Decides on one answer: five ways, a reason for all but one. */
import { Form, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import { DECISION_KINDS, type DecisionKind, REJECTION_GROUNDS } from '#app/services/review-input.ts'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { SelectField, TextAreaField } from '../text-field.tsx'
import { Decisions, type ShownDecision } from './decisions.tsx'
import { GROUND_WORDS } from './review-words.ts'

export interface DecisionReply {
  fieldErrors?: Record<string, string>
  refusal?: { message: string }
  conflict?: { why: 'decided' | 'changed'; latest: ShownDecision | null }
}

interface DecisionFormProps {
  questionId: string
  item: string
  seen: number
  basis: string
  filter: string
  reply: DecisionReply | undefined
}

const LABELS: Record<DecisionKind, string> = {
  accepted: 'Accept',
  'accepted-with-note': 'Accept with a note',
  asked: 'Ask',
  rejected: 'Reject',
  contradiction: 'Raise a contradiction',
}

const HINTS: Record<DecisionKind, string> = {
  accepted: 'The evidence carries the answer.',
  'accepted-with-note': 'It does, and something should be remembered.',
  asked: 'Something has to be explained or shown first.',
  rejected: 'The evidence does not do.',
  contradiction: 'Something says otherwise.',
}

export function DecisionForm({ questionId, item, seen, basis, filter, reply }: DecisionFormProps) {
  const [kind, setKind] = useState<DecisionKind | ''>('')
  const { state, formData } = useNavigation()
  const errors = reply?.fieldErrors ?? {}
  return (
    <Form method="post" noValidate className="flex flex-col gap-4" id="decide">
      <FormErrorSummary
        problems={Object.entries(errors).map(([name, message]) => ({ fieldId: name, message }))}
      />
      {reply?.refusal ? (
        <Notice kind="danger" announce>
          {reply.refusal.message}
        </Notice>
      ) : null}
      {reply?.conflict ? <Conflict {...reply.conflict} /> : null}
      <input type="hidden" name="intent" value="decide" />
      <input type="hidden" name="questionId" value={questionId} />
      <input type="hidden" name="seen" value={seen} />
      <input type="hidden" name="basis" value={basis} />
      <input type="hidden" name="filter" value={filter} />
      <ChoiceCards
        id="kind"
        name="kind"
        label={<>Your decision on item {item}</>}
        error={errors.kind}
        value={kind}
        onChange={(event) => setKind(event.target.value as DecisionKind)}
        options={DECISION_KINDS.map((value) => ({ value, label: LABELS[value], hint: HINTS[value] }))}
      />
      {kind === 'rejected' ? (
        <SelectField
          id="ground"
          name="ground"
          label="Why it does not do"
          placeholder="Choose"
          options={REJECTION_GROUNDS.map((value) => ({ value, label: GROUND_WORDS[value] }))}
          error={errors.ground}
        />
      ) : null}
      <TextAreaField
        id="note"
        name="note"
        label={kind === 'asked' ? 'Your question' : 'Reason'}
        optional={kind === 'accepted' || kind === ''}
        rows={3}
        maxLength={4000}
        error={errors.note}
      />
      <Button
        type="submit"
        variant="primary"
        className="self-start max-sm:self-stretch"
        loading={state !== 'idle' && formData?.get('intent') === 'decide'}
        loadingLabel="Recording"
      >
        Record decision
      </Button>
    </Form>
  )
}

function Conflict({ why, latest }: NonNullable<DecisionReply['conflict']>) {
  return (
    <Notice
      kind="warning"
      announce
      title={
        why === 'decided'
          ? 'Somebody has decided on this answer meanwhile'
          : 'The answer or its evidence has changed meanwhile'
      }
    >
      <p>
        Nothing was recorded, and what you typed is still here. Look at what is new, then record your decision
        again: it is added behind the other.
      </p>
      {why === 'decided' && latest ? (
        <div className="mt-3">
          <Decisions decisions={[latest]} />
        </div>
      ) : null}
    </Notice>
  )
}
