/** How far a client's application is, in the cells of the overview. */
import { CircleCheck, CircleDashed, OctagonX, TriangleAlert } from 'lucide-react'
import { type PortfolioRow, SOON_DAYS } from '#app/services/portfolio.ts'
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'

const quiet = 'text-ink-faint'

export function ApplicationProgress({ row: { application, isEditionMissing } }: { row: PortfolioRow }) {
  if (isEditionMissing) return <StatusBadge word="Edition missing" icon={TriangleAlert} tone="bad" />
  if (!application) return <span className={quiet}>Not started</span>
  const { answered, applicable } = application
  return (
    <TextLink
      quiet
      to={`/applications/${application.id}`}
      className="inline-flex w-44 max-w-full flex-col font-normal"
    >
      <span className="whitespace-nowrap">
        {answered} of {applicable} answered
      </span>
      <ShareBar share={applicable > 0 ? answered / applicable : 0} />
    </TextLink>
  )
}

/** The words beside it say the same. */
function ShareBar({ share }: { share: number }) {
  return (
    <svg
      aria-hidden="true"
      width="100%"
      height="4"
      className="mt-1 block rounded-full bg-neutral-wash outline outline-hairline"
    >
      <rect width={`${Math.round(share * 100)}%`} height="100%" className="fill-accent" />
    </svg>
  )
}

export function ApplicationStanding({ row: { application } }: { row: PortfolioRow }) {
  if (!application) return <span className={quiet}>Nothing yet</span>
  if (!application.standing) return <span className={quiet}>Closed by signature</span>
  const { blocking, contradicted } = application.standing
  if (blocking === 0) return <StatusBadge word="Ready to sign" icon={CircleCheck} tone="ok" />
  const others = blocking - contradicted
  return (
    <span className="inline-flex flex-col gap-0.5">
      {contradicted > 0 ? (
        <StatusBadge word={`${contradicted} contradicted`} icon={OctagonX} tone="bad" />
      ) : null}
      {others > 0 ? <StatusBadge word={`${others} to answer`} icon={CircleDashed} tone="neutral" /> : null}
    </span>
  )
}

export function RenewalDistance({ days }: { days: number | null }) {
  if (days === null) return null
  const words =
    days === 0
      ? 'today'
      : days < 0
        ? days === -1
          ? 'yesterday'
          : `${-days} days ago`
        : days === 1
          ? 'tomorrow'
          : `in ${days} days`
  const tone = days < 0 ? 'text-bad' : days <= SOON_DAYS ? 'text-warn' : 'text-ink-soft'
  return <span className={`block text-caption ${tone}`}>{words}</span>
}
