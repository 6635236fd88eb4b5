/** One answer that evidence does not fully carry: what the officer states, and what speaks against it. */
import { Form, Link, useNavigation } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { Button, ButtonLink } from '../button.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { Notice } from '../notice.tsx'
import { ReasonList } from '../reason-list.tsx'
import { AnswerStatusBadge } from '../status-badge.tsx'
import { Time } from '../time.tsx'
import { OfficerLayout } from './officer-layout.tsx'
import type { OfficerPage, StatedAnswer } from './officer-page.ts'

interface AnswerStepProps {
  page: OfficerPage
  /** From 0. */
  index: number
  refusal: string | undefined
}

const WEIGHT = { contradicts: 0, weakens: 1, stale: 2, supports: 3, 'not-comparable': 4 }

export function AnswerStep({ page, index, refusal }: AnswerStepProps) {
  const { state } = useNavigation()
  const step = page.steps[index]
  if (!step) return null
  const reasons = step.reasons
    .map((reason) => ({ ...reason, remedy: null, ruleId: null, factIds: [], revisionIds: [] }))
    .sort((a, b) => WEIGHT[a.outcome] - WEIGHT[b.outcome])
  return (
    <OfficerLayout
      kicker={`Answer ${index + 1} of ${page.steps.length}, ${step.section}`}
      title={`${step.item}: ${step.prompt}`}
    >
      {refusal ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {refusal}
          </Notice>
        </div>
      ) : null}
      <p className="text-caption text-ink-soft">You are stating</p>
      <p className="mt-0.5 break-words border-accent border-s-4 ps-3 font-semibold text-section">
        {step.shown}
      </p>
      <p className="mt-4">
        <AnswerStatusBadge
          status={step.status}
          shape="stamp"
          detail={step.weakened ? '(weakened)' : undefined}
        />
      </p>
      <h2 className="mt-6 mb-2 font-semibold text-section">What the evidence shows</h2>
      <ReasonList
        reasons={reasons}
        empty="No evidence speaks about this. You would state it on your word alone."
      />
      {step.exception ? <ExceptionBlock exception={step.exception} /> : null}
      <Form method="post" className="mt-8 flex flex-wrap gap-3">
        <input type="hidden" name="intent" value="confirm" />
        <input type="hidden" name="questionId" value={step.questionId} />
        <input type="hidden" name="step" value={index + 1} />
        <Button type="submit" variant="primary" loading={state !== 'idle'} loadingLabel="Recording">
          {step.isConfirmed ? 'Confirmed; go on' : 'I have read this and state it'}
        </Button>
        <ButtonLink to={`?step=decline&about=${encodeURIComponent(step.item)}`}>This is not right</ButtonLink>
      </Form>
      <p className="mt-6">
        <Link
          to={index === 0 ? '?' : `?step=${index}`}
          className="inline-flex items-center gap-1 text-caption text-ink-soft hover:text-accent"
        >
          <ChevronLeft aria-hidden size={15} /> {index === 0 ? 'All answers' : 'The answer before'}
        </Link>
      </p>
    </OfficerLayout>
  )
}

function ExceptionBlock({ exception }: { exception: NonNullable<StatedAnswer['exception']> }) {
  return (
    <section className="mt-6">
      <h2 className="mb-2 font-semibold text-section">Stated under an exception</h2>
      <DefinitionList
        items={[
          ...(exception.scope ? [{ term: 'What exactly is excepted', value: exception.scope }] : []),
          { term: 'Why the answer still holds', value: exception.reason },
          { term: 'What limits the risk', value: exception.compensatingControl },
          { term: 'Accepted by', value: exception.approvedBy },
          { term: 'Until', value: <Time at={exception.expiresOn} /> },
        ]}
      />
    </section>
  )
}
