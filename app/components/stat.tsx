import type { ReactNode } from 'react'
import { type Tone, toneText } from './tone.ts'

interface StatProps {
  label: string
  value: ReactNode
  /** What the figure is measured against, or what to do about it. */
  detail?: ReactNode
  tone?: Tone
}

/** One figure. Put several in a StatRow. */
export function Stat({ label, value, detail, tone }: StatProps) {
  return (
    <div className="flex flex-col border-rule border-t pt-2.5">
      <dt className="text-caption text-ink-soft">{label}</dt>
      <dd className={`mt-1 font-medium text-display tracking-[-0.02em] ${tone ? toneText[tone] : ''}`}>
        {value}
      </dd>
      {detail ? <dd className="mt-1 text-caption text-ink-soft">{detail}</dd> : null}
    </div>
  )
}

export function StatRow({ children }: { children: ReactNode }) {
  return <dl className="grid grid-cols-[repeat(auto-fit,minmax(9rem,1fr))] gap-x-6 gap-y-5">{children}</dl>
}
