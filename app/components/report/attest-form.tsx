/** The officer's part: every answer without full support is read and ticked before the declaration is made. */
import { Form, useActionData, useNavigation } from '@remix-run/react'
import type { AnswerStatus } from '#app/readiness/status.ts'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { AnswerStatusBadge } from '../status-badge.tsx'
import { TextField } from '../text-field.tsx'

interface AttestFormProps {
  officer: { name: string; title: string; organisation: string; declaration: string }
  answers: {
    questionId: string
    item: string
    prompt: string
    shown: string
    status: AnswerStatus
    sentence: string | null
    exception: string | null
  }[]
  gaps: number
}

type Reply = { fieldErrors: Record<string, string> } | { refusal: { message: string } } | { outcome: string }

export function AttestForm({ officer, answers, gaps }: AttestFormProps) {
  const reply = useActionData<Reply>()
  const navigation = useNavigation()
  const errors = reply && 'fieldErrors' in reply ? reply.fieldErrors : {}
  const problems = Object.entries(errors)
    .filter(([name]) => name !== 'reason')
    .map(([name, message]) => ({ fieldId: name, message }))
  return (
    <PageSection
      title="Attestation by the insured"
      lead={`Hand over to ${officer.name}. Only the officer named may go on from here.`}
    >
      <Form method="post" className="max-w-measure" noValidate>
        <FormErrorSummary problems={problems} />
        {reply && 'refusal' in reply ? (
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        ) : null}
        {answers.length > 0 ? (
          <fieldset>
            <legend className="font-semibold">
              You are stating the following without full support by evidence. Tick each one that you have
              read.
            </legend>
            <ul className="mt-3 border-hairline border-t">
              {answers.map((answer) => (
                <li key={answer.questionId} className="border-hairline border-b py-4">
                  <AnswerStatusBadge
                    status={answer.status}
                    detail={answer.status === 'supported' ? '(weakened)' : undefined}
                  />
                  <CheckboxField
                    name="acknowledged[]"
                    value={answer.questionId}
                    className="mt-1.5"
                    label={
                      <>
                        <span className="font-medium">
                          {answer.item}: {answer.prompt}
                        </span>
                        <span className="block break-words">You state: {answer.shown}</span>
                      </>
                    }
                    hint={
                      <>
                        {answer.sentence}
                        {answer.exception ? (
                          <span className="block">Exception: {answer.exception}</span>
                        ) : null}
                      </>
                    }
                  />
                </li>
              ))}
            </ul>
          </fieldset>
        ) : null}
        {gaps > 0 ? (
          <p className="mt-4 text-ink-soft">
            {gaps === 1 ? 'One question is' : `${gaps} questions are`} answered “I don’t know”, with an owner
            and a due date in the report.
          </p>
        ) : null}
        <blockquote className="mt-6 border-accent border-s-2 ps-4">{officer.declaration}</blockquote>
        <div className="mt-5 flex flex-col gap-5">
          <CheckboxField
            name="attest"
            id="attest"
            label="I make this declaration for the insured."
            error={errors.attest}
          />
          <TextField
            name="typedName"
            id="typedName"
            label="Your full name"
            hint={`As it stands above: ${officer.name}`}
            autoComplete="off"
            error={errors.typedName}
          />
          <Button
            type="submit"
            variant="primary"
            className="self-start"
            loading={navigation.state !== 'idle'}
            loadingLabel="Signing"
          >
            Attest and sign
          </Button>
        </div>
      </Form>
    </PageSection>
  )
}
