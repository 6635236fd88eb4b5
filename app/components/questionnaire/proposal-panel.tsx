/** An answer from somewhere else, shown for what it is: nothing, until a person confirms it. */
import { Check, FilePen, History } from 'lucide-react'
import { type Answer, describeAnswer } from '#questionnaires/answers.ts'
import type { Question } from '#questionnaires/definition.ts'
import type { Proposal, ProposalSource } from '#questionnaires/proposal.ts'
import { Button } from '../button.tsx'
import { Time } from '../time.tsx'
import { WordingComparison } from './wording-comparison.tsx'

/** What keeps a proposal that was confirmed from being an answer. */
export type ProposalLack = 'explanation' | 'part'

interface ProposalPanelProps {
  id: string
  question: Question
  proposal: Proposal
  /** It was taken into the form, where something is missing. */
  lacks: ProposalLack | null
  onConfirm: (answer: Answer) => void
  onDiffer: () => void
}

export function ProposalPanel(props: ProposalPanelProps) {
  const { id, question, proposal, lacks, onConfirm, onDiffer } = props
  const { answer, sources, lost, changed = [] } = proposal
  const Icon = answer ? FilePen : History
  return (
    // biome-ignore lint/a11y/useSemanticElements: a section would be a landmark, of which a page has one by each name.
    <div
      role="group"
      aria-labelledby={`${id}-title`}
      className="mt-4 rounded-small border border-info border-dashed bg-raised px-4 pt-3 pb-4"
    >
      <h4 id={`${id}-title`} className="flex items-center gap-2 font-semibold text-info">
        <Icon aria-hidden size={17} className="shrink-0" />
        {answer ? 'Proposed, not yet confirmed' : 'Answered differently before'}
      </h4>
      <p className="mt-1 max-w-measure text-ink-soft">
        {answer
          ? 'This is not an answer until you confirm it. Check that it holds for the wording of this form.'
          : 'The question changed; answer it anew.'}
      </p>
      <div className="mt-3 flex flex-col gap-4">
        {sources.map((source) => (
          <SourceShown key={sourceKey(source)} {...{ source, question, answer }} />
        ))}
      </div>
      <Sentences title="What changed since then" sentences={changed} />
      <Sentences title="What got lost on the way" sentences={lost} />
      {answer ? (
        <>
          {lacks ? (
            <p className="mt-3 font-medium">
              It is in the form below. {MISSING[lacks]} there; then it is confirmed and saved.
            </p>
          ) : null}
          <div className="mt-4 flex flex-wrap gap-2.5">
            {lacks ? null : (
              <Button variant="primary" icon={Check} onClick={() => onConfirm(answer)}>
                Confirm this answer<span className="sr-only"> to item {question.reference.item}</span>
              </Button>
            )}
            <Button onClick={onDiffer}>
              Answer differently<span className="sr-only"> to item {question.reference.item}</span>
            </Button>
          </div>
        </>
      ) : null}
    </div>
  )
}

function Sentences({ title, sentences }: { title: string; sentences: readonly string[] }) {
  if (sentences.length === 0) return null
  return (
    <div className="mt-3 max-w-measure border-warn border-s-2 ps-3">
      <p className="font-medium">{title}</p>
      <ul className="mt-0.5 list-disc ps-5 marker:text-ink-faint">
        {sentences.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
    </div>
  )
}

const MISSING: Record<ProposalLack, string> = {
  explanation: 'Write its explanation',
  part: 'Complete it',
}

const sourceKey = (source: ProposalSource) =>
  source.kind === 'fact'
    ? `${source.key} ${source.revisionId}`
    : `${source.applicationId}/${source.questionId}`

interface SourceShownProps {
  source: ProposalSource
  question: Question
  answer: Answer | null
}

function SourceShown({ source, question, answer }: SourceShownProps) {
  if (source.kind === 'fact') {
    return (
      <div className="grid gap-x-6 gap-y-4 sm:grid-cols-2">
        <div className="min-w-0 border-hairline border-t pt-2">
          <p className="text-caption text-ink-soft">
            The evidence shows, observed <Time at={source.observedAt} />
          </p>
          <p className="mt-1 break-words font-semibold">{source.shown}</p>
        </div>
        {answer ? (
          <div className="min-w-0 border-hairline border-t pt-2">
            <p className="text-caption text-ink-soft">Proposed from it</p>
            <p className="mt-1 break-words font-semibold">{describeAnswer(question, answer)}</p>
          </div>
        ) : null}
      </div>
    )
  }
  return (
    <WordingComparison
      then={{
        caption: (
          <>
            {source.kind === 'earlier-edition' ? 'This form' : source.formTitle}, edition {source.edition},
            item {source.item}: answered by {source.answeredBy}, <Time at={source.answeredAt} />
          </>
        ),
        prompt: source.prompt,
        answer: <Said label="Answered">{source.shown}</Said>,
      }}
      now={{
        caption: `Here, item ${question.reference.item}`,
        prompt: question.prompt,
        answer: answer ? (
          <Said label="Proposed">{describeAnswer(question, answer)}</Said>
        ) : (
          <span className="font-normal text-ink-soft">Nothing is proposed.</span>
        ),
      }}
    />
  )
}

function Said({ label, children }: { label: string; children: string }) {
  return (
    <>
      <span className="font-normal text-ink-soft">{label}: </span>
      {children}
    </>
  )
}
