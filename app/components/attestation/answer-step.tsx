/** One answer that evidence does not fully carry: what is stated, and what speaks against it. */
import { Form, Link, useNavigation } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { type SignerWords, signerWords } from '#app/report/language/signing/words.ts'
import { Button, ButtonLink } from '../button.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { Notice } from '../notice.tsx'
import { ReasonList } from '../reason-list.tsx'
import { Said } from '../report/report-language.tsx'
import { AnswerStatusBadge } from '../status-badge.tsx'
import { SignerLayout } from './signer-layout.tsx'
import type { SignerPage, StatedAnswer } from './signer-page.ts'

interface AnswerStepProps {
  page: SignerPage
  /** From 0. */
  index: number
  refusal: string | undefined
}

const WEIGHT = { contradicts: 0, weakens: 1, stale: 2, supports: 3, 'not-comparable': 4 }

export function AnswerStep({ page, index, refusal }: AnswerStepProps) {
  const { state } = useNavigation()
  const step = page.steps[index]
  if (!step) return null
  const words = signerWords(page.language, page.signer.role)
  const { say } = words
  const reasons = step.reasons
    .map((reason) => ({ ...reason, remedy: null, ruleId: null, factIds: [], revisionIds: [] }))
    .sort((a, b) => WEIGHT[a.outcome] - WEIGHT[b.outcome])
  return (
    <SignerLayout
      language={page.language}
      kicker={say('answer.kicker', { index: index + 1, count: page.steps.length, section: step.section })}
      title={
        <>
          {step.item}: <Said>{step.prompt}</Said>
        </>
      }
    >
      {refusal ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {refusal}
          </Notice>
        </div>
      ) : null}
      <p className="text-caption text-ink-soft">{say('answer.you-are-stating')}</p>
      <p className="mt-0.5 break-words border-accent border-s-4 ps-3 font-semibold text-section">
        <Said>{step.shown}</Said>
      </p>
      <p className="mt-4">
        <AnswerStatusBadge
          status={step.status}
          word={say(`status.${step.status}`)}
          shape="stamp"
          detail={step.weakened ? say('answer.weakened') : undefined}
        />
      </p>
      <h2 className="mt-6 mb-2 font-semibold text-section">{say('answer.evidence')}</h2>
      <ReasonList
        reasons={reasons}
        wordOf={(outcome) => say(`outcome.${outcome}`)}
        empty={say('answer.no-evidence')}
      />
      {step.exception ? <ExceptionBlock exception={step.exception} words={words} /> : null}
      <Form method="post" className="mt-8 flex flex-wrap gap-3">
        <input type="hidden" name="intent" value="confirm" />
        <input type="hidden" name="questionId" value={step.questionId} />
        <input type="hidden" name="step" value={index + 1} />
        <Button
          type="submit"
          variant="primary"
          loading={state !== 'idle'}
          loadingLabel={say('answer.recording')}
        >
          {say(step.isConfirmed ? 'answer.confirmed' : 'answer.confirm')}
        </Button>
        <ButtonLink to={`?step=decline&about=${encodeURIComponent(step.item)}`}>
          {say('answer.not-right')}
        </ButtonLink>
      </Form>
      <p className="mt-6">
        <Link
          to={index === 0 ? '?' : `?step=${index}`}
          className="inline-flex items-center gap-1 text-caption text-ink-soft hover:text-accent"
        >
          <ChevronLeft aria-hidden size={15} /> {say(index === 0 ? 'answer.all' : 'answer.before')}
        </Link>
      </p>
    </SignerLayout>
  )
}

function ExceptionBlock({
  exception,
  words: { say, date },
}: {
  exception: NonNullable<StatedAnswer['exception']>
  words: SignerWords
}) {
  return (
    <section className="mt-6">
      <h2 className="mb-2 font-semibold text-section">{say('exception.title')}</h2>
      <DefinitionList
        items={[
          ...(exception.scope
            ? [{ term: say('exception.scope'), value: <Said>{exception.scope}</Said> }]
            : []),
          { term: say('exception.reason'), value: <Said>{exception.reason}</Said> },
          { term: say('exception.compensating'), value: <Said>{exception.compensatingControl}</Said> },
          { term: say('exception.accepted-by'), value: exception.approvedBy },
          { term: say('exception.until'), value: date(exception.expiresOn) },
        ]}
      />
    </section>
  )
}
