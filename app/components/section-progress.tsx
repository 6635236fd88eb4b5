import { Link } from '@remix-run/react'
import { Check } from 'lucide-react'
import { classNames } from './class-names.ts'

export interface SectionStep {
  id: string
  title: string
  href: string
  answered: number
  /** Questions that apply at present; branching may change it. */
  total: number
  current?: boolean
  /** Answers that need attention, such as contradictions. */
  attention?: number
  /** Proposed answers that somebody has to confirm. */
  waiting?: number
}

/** The table of contents of a questionnaire, with how far each section is. */
export function SectionProgress({
  sections,
  label = 'Sections',
}: {
  sections: SectionStep[]
  label?: string
}) {
  return (
    <nav aria-label={label}>
      <ol className="border-hairline border-t">
        {sections.map((section, index) => (
          <li key={section.id} className="border-hairline border-b">
            <SectionLink section={section} number={index + 1} />
          </li>
        ))}
      </ol>
    </nav>
  )
}

function SectionLink({ section, number }: { section: SectionStep; number: number }) {
  const { answered, total, attention = 0, waiting = 0 } = section
  const isComplete = answered >= total
  return (
    <Link
      to={section.href}
      aria-current={section.current ? 'step' : undefined}
      className={classNames(
        'grid grid-cols-[1.5rem_1fr_auto] items-baseline gap-x-2 py-2 pe-2 hover:bg-accent-wash',
        section.current && 'bg-accent-wash shadow-[inset_3px_0_0_var(--accent)]',
      )}
    >
      <span aria-hidden className="text-end text-caption text-ink-faint">
        {number}
      </span>
      <span className={classNames('min-w-0', section.current && 'font-medium')}>{section.title}</span>
      <span className="inline-flex items-baseline gap-1 text-caption text-ink-soft">
        {isComplete ? <Check aria-hidden size={14} className="self-center text-ok" /> : null}
        <span className="sr-only">, answered </span>
        {answered} <span aria-hidden>/</span>
        <span className="sr-only">of</span> {total}
      </span>
      {attention > 0 ? (
        <span className="col-start-2 text-bad text-caption">
          <span className="sr-only">, </span>
          {attention === 1 ? '1 answer needs attention' : `${attention} answers need attention`}
        </span>
      ) : null}
      {waiting > 0 ? (
        <span className="col-start-2 text-caption text-info">
          <span className="sr-only">, </span>
          {waiting} proposed<span className="sr-only">, to be confirmed</span>
        </span>
      ) : null}
    </Link>
  )
}
