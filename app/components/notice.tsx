import { CircleCheck, Info, type LucideIcon, OctagonX, TriangleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { classNames } from './class-names.ts'
import { type Tone, toneEdge, toneText, toneWash } from './tone.ts'

export type NoticeKind = 'info' | 'success' | 'warning' | 'danger'

export const noticeLook: Record<NoticeKind, { icon: LucideIcon; tone: Tone; word: string }> = {
  info: { icon: Info, tone: 'info', word: 'Note' },
  success: { icon: CircleCheck, tone: 'ok', word: 'Done' },
  warning: { icon: TriangleAlert, tone: 'warn', word: 'Attention' },
  danger: { icon: OctagonX, tone: 'bad', word: 'Problem' },
}

interface NoticeProps {
  kind: NoticeKind
  title?: string
  children?: ReactNode
  action?: ReactNode
  /** For a notice that appears after the page has loaded. */
  announce?: boolean
}

export function Notice({ kind, title, children, action, announce = false }: NoticeProps) {
  const { icon: Icon, tone, word } = noticeLook[kind]
  return (
    <div
      role={announce ? (kind === 'danger' ? 'alert' : 'status') : undefined}
      className={classNames('flex gap-3 rounded-small border-s-4 px-4 py-3', toneWash[tone], toneEdge[tone])}
    >
      <Icon aria-hidden size={18} className={classNames('mt-0.5 shrink-0', toneText[tone])} />
      <div className="min-w-0 grow">
        <p className={title ? 'font-semibold' : 'sr-only'}>{title ?? `${word}:`}</p>
        {children ? <div className={classNames('max-w-measure', title && 'mt-0.5')}>{children}</div> : null}
        {action ? <div className="mt-2.5 flex flex-wrap gap-2.5">{action}</div> : null}
      </div>
    </div>
  )
}
