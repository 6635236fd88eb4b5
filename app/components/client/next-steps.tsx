/** The way from a new client to a signed report, and where this one stands on it. */
import { ArrowRight, Check } from 'lucide-react'
import type { PortfolioRow } from '#app/services/portfolio.ts'
import { ButtonLink } from '../button.tsx'
import { stepsOf } from './steps.ts'

export function NextSteps({ standing }: { standing: PortfolioRow }) {
  const steps = stepsOf(standing)
  const next = steps.findIndex(({ isDone }) => !isDone)
  return (
    <section aria-labelledby="next-steps">
      <h2 id="next-steps" className="font-semibold text-section">
        {next === -1 ? 'All four steps are done' : 'Next steps'}
      </h2>
      <ol className="mt-4 border-rule border-t">
        {steps.map((step, index) => (
          <li
            key={step.title}
            className="grid grid-cols-[2rem_minmax(0,1fr)] items-center gap-y-3 border-hairline border-b py-3 sm:grid-cols-[2rem_minmax(0,1fr)_auto] sm:gap-x-4"
          >
            {step.isDone ? (
              <Check role="img" aria-label="Done" size={18} className="mt-0.5 self-start text-ok" />
            ) : (
              <span aria-hidden className="self-start font-medium text-accent">
                {index + 1}
              </span>
            )}
            <div className="min-w-0 max-w-measure">
              <h3 className={index === next ? 'font-semibold' : 'font-medium'}>{step.title}</h3>
              <p className="text-ink-soft">{step.text}</p>
            </div>
            {step.link && !step.isDone ? (
              <ButtonLink
                size="small"
                to={step.link.to}
                variant={index === next ? 'primary' : 'secondary'}
                icon={index === next ? ArrowRight : undefined}
                className="justify-self-start max-sm:col-start-2"
              >
                {step.link.label}
              </ButtonLink>
            ) : null}
          </li>
        ))}
      </ol>
    </section>
  )
}
