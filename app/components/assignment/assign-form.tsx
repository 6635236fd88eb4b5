/** Questions to tick, and the person whom they are put to: one form, so that a whole section goes in one mail. */
import { Form, useNavigation } from '@remix-run/react'
import { Send, Undo2 } from 'lucide-react'
import { useState } from 'react'
import type { AssignableQuestion } from '#app/services/assignment-page.server.ts'
import type { KnownPerson } from '#app/services/room-people.server.ts'
import { Button } from '../button.tsx'
import { countOf } from '../counts.ts'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { DateField, TextAreaField } from '../text-field.tsx'
import { PersonFields } from './person-fields.tsx'
import { QuestionRows } from './question-rows.tsx'

export interface TypedAssignment {
  recipientName?: string
  recipientEmail?: string
  dueOn?: string
  note?: string
}

interface AssignFormProps {
  questions: readonly AssignableQuestion[]
  people: readonly KnownPerson[]
  dueOn: string
  /** Of the last try. */
  wrong: { fieldErrors: Record<string, string>; typed: TypedAssignment } | undefined
}

export function AssignForm({ questions, people, dueOn, wrong }: AssignFormProps) {
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set())
  const { state, formData } = useNavigation()
  const sending = state === 'idle' ? null : formData?.get('intent')
  const errors = wrong?.fieldErrors ?? {}
  const typed = wrong?.typed ?? {}
  const shown = questions.filter(({ id }) => chosen.has(id))
  const held = shown.filter(({ holder }) => holder)
  return (
    <Form method="post" noValidate>
      <FormErrorSummary
        problems={Object.entries(errors).map(([field, message]) => ({ fieldId: field, message }))}
      />
      <QuestionRows questions={questions} chosen={chosen} onChoose={setChosen} error={errors.questionIds} />
      <div className="mt-8 flex max-w-measure flex-col gap-5 border-rule border-t pt-5">
        <h3 className="font-semibold text-section">Put them to somebody</h3>
        <PersonFields people={people} typed={typed} errors={errors} />
        <DateField
          id="dueOn"
          name="dueOn"
          label="Needed by"
          defaultValue={typed.dueOn ?? dueOn}
          error={errors.dueOn}
        />
        <TextAreaField
          id="note"
          name="note"
          label="Note to them"
          optional
          hint="Stands in the mail and beside each question."
          rows={2}
          maxLength={1000}
          defaultValue={typed.note ?? ''}
          error={errors.note}
        />
        <div className="flex flex-wrap gap-3">
          <Button
            type="submit"
            name="intent"
            value="assign"
            variant="primary"
            icon={Send}
            className="max-sm:w-full"
            loading={sending === 'assign'}
            loadingLabel="Assigning"
          >
            {shown.length === 0 ? 'Assign' : `Assign ${countOf(shown.length, 'question')}`}
          </Button>
          {held.length > 0 ? (
            <Button
              type="submit"
              name="intent"
              value="take-back"
              icon={Undo2}
              className="max-sm:w-full"
              loading={sending === 'take-back'}
              loadingLabel="Taking back"
            >
              Take back {countOf(held.length, 'question')}
            </Button>
          ) : null}
        </div>
        <p className="text-caption text-ink-soft">
          They get one mail with their link, however many questions it is. Whoever has one of them until now
          has it no more.
        </p>
      </div>
    </Form>
  )
}
