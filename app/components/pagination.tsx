import { ChevronLeft, ChevronRight } from 'lucide-react'
import { ButtonLink } from './button.tsx'

interface PaginationProps {
  /** What is paged: "evidence". Names the landmark. */
  label: string
  /** From 1. */
  page: number
  pageSize: number
  total: number
  hrefOf: (page: number) => string
}

export function Pagination({ label, page, pageSize, total, hrefOf }: PaginationProps) {
  const pageCount = Math.max(1, Math.ceil(total / pageSize))
  if (pageCount === 1) return null
  const first = (page - 1) * pageSize + 1
  const last = Math.min(total, page * pageSize)
  return (
    <nav aria-label={`Pages of ${label}`} className="mt-4 flex flex-wrap items-center justify-between gap-3">
      <p className="text-caption text-ink-soft">
        {first}–{last} of {total}
      </p>
      <div className="flex items-center gap-2">
        {page > 1 ? (
          <ButtonLink size="small" icon={ChevronLeft} to={hrefOf(page - 1)} rel="prev">
            Previous
          </ButtonLink>
        ) : null}
        {page < pageCount ? (
          <ButtonLink size="small" to={hrefOf(page + 1)} rel="next">
            Next
            <ChevronRight aria-hidden size={16} strokeWidth={1.75} />
          </ButtonLink>
        ) : null}
      </div>
    </nav>
  )
}
