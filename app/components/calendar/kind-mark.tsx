/** What kind an entry is of, told by a picture and a word. */
import {
  CalendarClock,
  FileClock,
  FileX2,
  Handshake,
  ListChecks,
  ListTodo,
  type LucideIcon,
  MailQuestion,
  Repeat,
  ShieldOff,
  Umbrella,
} from 'lucide-react'
import { CALENDAR_KINDS, type CalendarKind } from '#app/services/calendar-entries.ts'

const ICONS: Record<CalendarKind, LucideIcon> = {
  policy: Umbrella,
  'renewal-step': ListTodo,
  evidence: FileClock,
  request: MailQuestion,
  subjectivity: ListChecks,
  exception: ShieldOff,
  waiver: FileX2,
  promise: Handshake,
  schedule: Repeat,
  meeting: CalendarClock,
}

export function KindIcon({ kind }: { kind: CalendarKind }) {
  const Icon = ICONS[kind]
  return (
    <>
      <Icon aria-hidden size={14} strokeWidth={1.75} className="inline shrink-0 translate-y-0.5" />
      <span className="sr-only">{CALENDAR_KINDS[kind].word}: </span>
    </>
  )
}
