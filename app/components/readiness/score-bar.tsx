/** A readiness score as a bar with its number in words; told apart by text, never by colour alone. */
import { type ReactNode, useId } from 'react'
import { describeFraction, describeScore, type Score } from '#app/readiness/score.ts'
import { countOf } from '../counts.ts'

export function ScoreBar({ label, score }: { label: ReactNode; score: Score }) {
  const labelId = useId()
  const words = `${describeScore(score)}; ${describeFraction(score)} carried by current evidence`
  return (
    <div>
      <div className="mb-1.5 flex flex-wrap items-baseline justify-between gap-x-4">
        <span id={labelId} className="font-medium">
          {label}
        </span>
        <span className="tabular-nums">
          {score.percent === null ? (
            <span className="text-ink-soft">Nothing claimed</span>
          ) : (
            <span className="font-semibold">{score.percent}</span>
          )}
          {score.contradicted > 0 ? (
            <span className="font-medium text-bad">, {score.contradicted} contradicted</span>
          ) : null}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: <meter> can't be styled alike across browsers. */}
      <div
        role="meter"
        aria-labelledby={labelId}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={score.percent ?? 0}
        aria-valuetext={words}
        className="h-1.5 overflow-hidden rounded-full bg-neutral-wash outline outline-hairline"
      >
        <svg aria-hidden="true" width="100%" height="100%" className="block">
          <rect
            width={`${score.percent ?? 0}%`}
            height="100%"
            className={score.contradicted > 0 ? 'fill-bad' : 'fill-accent'}
          />
        </svg>
      </div>
      <p className="mt-1 text-caption text-ink-soft">
        {standingWords(score)} · {describeFraction(score)}
      </p>
    </div>
  )
}

/** `Ready to sign` only where nothing is weak either; else what may be signed, or what stands in the way. */
export function standingWords({ isReady, answers, claims }: Score): string {
  const weak = answers.weak > 0 ? `, ${countOf(answers.weak, 'answer')} weak` : ''
  if (!isReady) return `${countOf(answers.blocking, 'answer')} blocking${weak}`
  return weak || claims === 0 ? `Nothing blocks signing${weak}` : 'Ready to sign'
}
