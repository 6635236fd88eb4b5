/** Changes which controls and questions a piece of evidence is linked to. */
import { useFetcher } from '@remix-run/react'
import { useEffect, useState } from 'react'
import type { NamedQuestion } from '#app/services/question-refs.server.ts'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { Fieldset } from '../field.tsx'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { useToast } from '../toast.tsx'
import { type ControlGroup, ControlPicker } from './control-picker.tsx'

interface LinksFormProps {
  controlGroups: ControlGroup[]
  controlIds: string[]
  questions: NamedQuestion[]
}

type Reply =
  | { outcome: 'linked' }
  | { refusal: { message: string } }
  | { fieldErrors: Record<string, string> }

export function LinksForm({ controlGroups, controlIds, questions }: LinksFormProps) {
  const fetcher = useFetcher<Reply>()
  const toast = useToast()
  const [chosen, setChosen] = useState(controlIds)
  const reply = fetcher.state === 'idle' ? fetcher.data : undefined
  useEffect(() => {
    if (reply && 'outcome' in reply) toast({ kind: 'success', title: 'Links saved' })
  }, [reply, toast])
  return (
    <fetcher.Form method="post" className="flex max-w-measure flex-col gap-5">
      <input type="hidden" name="intent" value="link" />
      {reply && 'refusal' in reply ? (
        <Notice kind="danger" announce>
          {reply.refusal.message}
        </Notice>
      ) : null}
      <ControlPicker
        groups={controlGroups}
        chosen={chosen}
        onChange={setChosen}
        name="controlIds[]"
        error={reply && 'fieldErrors' in reply ? reply.fieldErrors.controlIds : undefined}
      />
      {questions.length > 0 ? (
        <Fieldset
          label="Questions it is attached to"
          hint="Untick a question to detach the evidence from it."
        >
          {questions.map((question) => (
            <CheckboxField
              key={question.ref}
              name="questionRefs[]"
              value={question.ref}
              defaultChecked
              label={
                <>
                  {question.item}: {question.prompt}
                </>
              }
              hint={
                <>
                  {question.formTitle} · <TextLink to={question.href}>Open the question</TextLink>
                </>
              }
            />
          ))}
        </Fieldset>
      ) : (
        <p className="text-caption text-ink-soft">
          Attached to no question. “Add evidence” beside a question attaches it there.
        </p>
      )}
      <Button type="submit" className="self-start" loading={fetcher.state !== 'idle'} loadingLabel="Saving">
        Save links
      </Button>
    </fetcher.Form>
  )
}
