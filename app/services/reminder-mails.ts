/** What is written to remind people. */
import { dayInWords, type Mail } from './guest-mails.ts'
import { kindOf } from './reminder-input.ts'

export interface RemindedThing {
  subjectKey: string
  clientName: string
  title: string
  dueOn: string
  /** Whole days to it, negative once it has passed. */
  daysLeft: number
  /** Absolute; null where nobody knows where browsers reach us. */
  href: string | null
}

export interface RemindedPerson {
  name: string
  organisationName: string
}

export function daysInWords(daysLeft: number): string {
  const days = `${Math.abs(daysLeft)} ${Math.abs(daysLeft) === 1 ? 'day' : 'days'}`
  if (daysLeft === 0) return 'today'
  return daysLeft > 0 ? `in ${days}` : `${days} ago`
}

const sentenceOf = ({ subjectKey, clientName, title, dueOn, daysLeft }: RemindedThing) =>
  `${kindOf(subjectKey)}, ${clientName}: ${title}. Due on ${dayInWords(dueOn)} (${daysInWords(daysLeft)}).`

/** A ladder may reach the second and third before the day, too. */
const WHY = {
  owner: { open: 'It waits for you.', late: 'It waits for you.' },
  lead: {
    open: 'It is still open, and you lead this client.',
    late: 'It was not seen to in time, and you lead this client.',
  },
  sponsor: {
    open: 'It is still open. Please speak with whoever prepares your application.',
    late: 'It was not seen to in time. Please speak with whoever prepares your application.',
  },
} as const

/** @param withLink people without an account have nothing to open there */
export function writeReminder(
  person: RemindedPerson,
  thing: RemindedThing,
  rung: keyof typeof WHY,
  withLink: boolean,
): Mail {
  return {
    subject: `${thing.daysLeft < 0 ? 'Overdue' : `Due ${daysInWords(thing.daysLeft)}`}: ${thing.title}`,
    content: {
      greeting: `Hello ${person.name},`,
      paragraphs: [sentenceOf(thing), WHY[rung][thing.daysLeft < 0 ? 'late' : 'open']],
      code: null,
      action: withLink && thing.href ? { label: 'Open it', href: thing.href } : null,
      closing: closingFor(person, withLink),
    },
  }
}

export function writeDigest(
  person: RemindedPerson,
  things: readonly RemindedThing[],
  listHref: string | null,
): Mail {
  const inOrder = [...things].sort((a, b) => (a.dueOn < b.dueOn ? -1 : a.dueOn > b.dueOn ? 1 : 0))
  return {
    subject: `${things.length === 1 ? 'One thing waits' : `${things.length} things wait`} for you`,
    content: {
      greeting: `Hello ${person.name},`,
      paragraphs: inOrder.map((thing) =>
        thing.href ? `${sentenceOf(thing)} ${thing.href}` : sentenceOf(thing),
      ),
      code: null,
      action: listHref ? { label: 'Open the list', href: listHref } : null,
      closing: closingFor(person, true),
    },
  }
}

const closingFor = ({ organisationName }: RemindedPerson, isMember: boolean) => [
  `Sent by Attested for ${organisationName}.`,
  isMember
    ? 'Reminders of this thing end once it is done. How you are reminded is set under Account, Reminders.'
    : 'You are named as the contact of your company there.',
]
