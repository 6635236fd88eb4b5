/** Ends a review: what was looked at, the assessor's opinion, and their name under it. */
import { Form, useNavigation } from '@remix-run/react'
import { DECISION_KINDS, REVIEW_OPINIONS, type ReviewOpinion } from '#app/services/review-input.ts'
import { Button, ButtonLink } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { TextAreaField, TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import type { DecisionReply } from './decision-form.tsx'
import { decisionLook, OPINION_WORDS } from './review-words.ts'

interface SignOffProps {
  assessorName: string
  questions: number
  decided: number
  byKind: Partial<Record<(typeof DECISION_KINDS)[number], number>>
  reply: DecisionReply | undefined
}

export function SignOffForm({ assessorName, questions, decided, byKind, reply }: SignOffProps) {
  const { state } = useNavigation()
  const errors = reply?.fieldErrors ?? {}
  return (
    <section className="max-w-measure">
      <h2 className="font-semibold text-section">Sign off</h2>
      <p className="mt-1 text-ink-soft">
        Your decisions stay as they are from then on. Whoever prepares the application sees your opinion and
        what it rests on.
      </p>
      <div className="mt-4">
        <DefinitionList
          items={[
            { term: 'Reviewed', value: `${decided} of ${questions} answers` },
            ...DECISION_KINDS.flatMap((kind) =>
              byKind[kind] ? [{ term: decisionLook[kind].word, value: String(byKind[kind]) }] : [],
            ),
          ]}
        />
      </div>
      {decided < questions ? (
        <div className="mt-4">
          <Notice kind="warning">
            {questions - decided} answers are not reviewed, or have changed since. Say in your summary why
            that is enough, for instance because you drew a sample.
          </Notice>
        </div>
      ) : null}
      <Form method="post" noValidate className="mt-6 flex flex-col gap-5">
        <FormErrorSummary
          problems={Object.entries(errors).map(([name, message]) => ({ fieldId: name, message }))}
        />
        {reply?.refusal ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        <input type="hidden" name="intent" value="sign-off" />
        <input type="hidden" name="decided" value={decided} />
        <ChoiceCards
          id="opinion"
          name="opinion"
          label="Your opinion"
          error={errors.opinion}
          options={REVIEW_OPINIONS.map((value) => ({ value, label: OPINION_WORDS[value] }))}
        />
        <TextAreaField
          id="summary"
          name="summary"
          label="Summary"
          rows={5}
          maxLength={4000}
          error={errors.summary}
        />
        <TextField
          id="typedName"
          name="typedName"
          label="Your name"
          hint={`As it stands here: ${assessorName}.`}
          autoComplete="name"
          error={errors.typedName}
        />
        <div className="flex flex-wrap gap-2.5 max-sm:*:grow">
          <Button type="submit" variant="primary" loading={state !== 'idle'} loadingLabel="Signing off">
            Sign off
          </Button>
          <ButtonLink to="?">Back to the answers</ButtonLink>
        </div>
      </Form>
    </section>
  )
}

export interface ShownSignOff {
  opinion: ReviewOpinion
  summary: string
  decided: number
  questions: number
  at: Date | string
}

export function SignedOff({ signOff }: { signOff: ShownSignOff }) {
  return (
    <Notice kind="success" title={`Signed off: ${OPINION_WORDS[signOff.opinion].toLowerCase()}`}>
      <p className="wrap-anywhere whitespace-pre-line">{signOff.summary}</p>
      <p className="mt-1 text-caption">
        {signOff.decided} of {signOff.questions} answers reviewed, <Time at={signOff.at} show="moment" />
      </p>
    </Notice>
  )
}
