/** The text of a definition, its problems beside it and its preview below; checked by the server at each save. */
import { Form, useNavigation, unstable_usePrompt as usePrompt } from '@remix-run/react'
import { useEffect, useRef, useState } from 'react'
import type { Edition } from '#questionnaires/definition.ts'
import type { DefinitionProblem } from '#questionnaires/validate-definition.ts'
import { Button, ButtonLink } from '../button.tsx'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { DefinitionProblems } from './definition-problems.tsx'
import { QuestionOutline } from './question-outline.tsx'

interface DraftEditorProps {
  draft: {
    id: string
    name: string
    source: string
    version: number
    changedAt: Date | string
    changedByName: string
  }
  problems: readonly Pick<DefinitionProblem, 'line' | 'column' | 'message'>[]
  /** null while there are problems. */
  edition: Edition | null
  fieldErrors: Record<string, string>
}

export function DraftEditor({ draft, problems, edition, fieldErrors }: DraftEditorProps) {
  const [text, setText] = useState(draft.source)
  const [name, setName] = useState(draft.name)
  const area = useRef<HTMLTextAreaElement>(null)
  const form = useRef<HTMLFormElement>(null)
  const navigation = useNavigation()
  const isBusy = navigation.state !== 'idle'
  const isChanged = text !== draft.source || name !== draft.name
  useLeaveWarning(isChanged && !isBusy)
  usePrompt({
    message: 'The draft is changed and not saved. Leave and lose the changes?',
    when: ({ currentLocation, nextLocation }) =>
      isChanged && currentLocation.pathname !== nextLocation.pathname,
  })

  const goTo = ({ line, column }: { line: number; column: number }) => {
    const field = area.current
    if (!field) return
    const lines = text.split('\n')
    const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1
    const end = start + Math.max(1, (lines[line - 1]?.length ?? 0) - column + 1)
    field.focus()
    field.setSelectionRange(start, end)
    const lineHeight = field.scrollHeight / Math.max(1, lines.length)
    field.scrollTop = Math.max(0, (line - 4) * lineHeight)
  }
  const send = (intent: string) => {
    const field = form.current?.elements.namedItem('intent')
    if (!(field instanceof HTMLInputElement)) return
    field.value = intent
    form.current?.requestSubmit()
  }

  return (
    <>
      {problems.length > 0 && !isChanged ? (
        <DefinitionProblems problems={problems} onGoTo={goTo} />
      ) : isChanged ? (
        <Notice kind="info" title="Not saved yet">
          Save to have it checked. Lines and columns of problems then fit the text again.
        </Notice>
      ) : (
        <Notice kind="success" title="No problems">
          It can be published.
        </Notice>
      )}
      <Form ref={form} method="post" className="mt-6 space-y-5">
        <input type="hidden" name="intent" value="save" />
        <input type="hidden" name="seenVersion" value={draft.version} />
        <TextField
          name="name"
          label="Name of the draft"
          value={name}
          onChange={(event) => setName(event.target.value)}
          className="max-w-measure"
          error={fieldErrors.name}
        />
        <div>
          <label htmlFor="definition-text" className="font-medium">
            Definition (YAML or JSON)
          </label>
          <textarea
            ref={area}
            id="definition-text"
            name="text"
            value={text}
            onChange={(event) => setText(event.target.value)}
            spellCheck={false}
            rows={28}
            wrap="off"
            className="control-surface mt-1.5 w-full resize-y overflow-x-auto font-mono text-caption"
            aria-invalid={problems.length > 0 && !isChanged}
          />
          {fieldErrors.text ? <p className="text-bad text-caption">{fieldErrors.text}</p> : null}
        </div>
        <div className="flex flex-wrap items-center gap-2.5">
          <Button
            variant={edition && !isChanged ? 'secondary' : 'primary'}
            loading={isBusy}
            onClick={() => send('save')}
          >
            Save and check
          </Button>
          {edition && !isChanged ? (
            <>
              <ConfirmDialog
                trigger={<Button variant="primary">Publish</Button>}
                title={`Publish ${edition.form.title}, edition ${edition.edition}?`}
                confirmLabel="Publish edition"
                onConfirm={() => send('publish')}
              >
                From then on this edition never changes. Corrections are published as the next edition.
              </ConfirmDialog>
              <ButtonLink to={`/questionnaires/drafts/${draft.id}/preview`}>
                Try it as the applicant
              </ButtonLink>
            </>
          ) : null}
          <ConfirmDialog
            trigger={<Button variant="quiet">Throw away</Button>}
            title="Throw this draft away?"
            confirmLabel="Throw away"
            onConfirm={() => send('discard')}
            danger
          >
            The text is gone from here and cannot be brought back. What was published from it stays.
          </ConfirmDialog>
          <p className="text-caption text-ink-soft">
            Last saved by {draft.changedByName}, <Time at={draft.changedAt} />
          </p>
        </div>
      </Form>
      {edition ? (
        <PageSection title="As it reads">
          <QuestionOutline edition={edition} />
        </PageSection>
      ) : null}
    </>
  )
}

function useLeaveWarning(isUnsaved: boolean) {
  useEffect(() => {
    if (!isUnsaved) return
    const warn = (event: BeforeUnloadEvent) => event.preventDefault()
    window.addEventListener('beforeunload', warn)
    return () => window.removeEventListener('beforeunload', warn)
  }, [isUnsaved])
}
