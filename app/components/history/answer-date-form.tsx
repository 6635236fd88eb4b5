import { Form, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import { Button } from '../button.tsx'
import { DateField, SelectField } from '../text-field.tsx'

interface AnswerDateFormProps {
  applicationId: string
  answers: { questionId: string; item: string; prompt: string; since: string }[]
  today: string
  errors: Record<string, string>
}

/** Says that an answer held before it was written down. */
export function AnswerDateForm({ applicationId, answers, today, errors }: AnswerDateFormProps) {
  const [chosen, setChosen] = useState('')
  const since = answers.find(({ questionId }) => questionId === chosen)?.since ?? ''
  const isSending = useNavigation().formMethod === 'POST'
  return (
    <Form method="post" preventScrollReset noValidate className="flex flex-wrap items-end gap-3 no-print">
      <input type="hidden" name="applicationId" value={applicationId} />
      <SelectField
        id="dated-answer"
        name="questionId"
        label="Answer"
        placeholder="Choose an answer"
        className="w-full max-w-measure sm:w-96"
        value={chosen}
        onChange={(event) => setChosen(event.target.value)}
        error={errors.questionId}
        options={answers.map(({ questionId, item, prompt }) => ({
          value: questionId,
          label: `${item} ${prompt}`,
        }))}
      />
      <DateField
        key={`${chosen} ${since}`}
        id="true-from"
        name="trueFrom"
        label="True since"
        max={today}
        defaultValue={since}
        className="w-52"
        error={errors.trueFrom}
      />
      <Button type="submit" loading={isSending} loadingLabel="Recording">
        Record
      </Button>
    </Form>
  )
}
