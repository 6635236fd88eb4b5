/** What is written to people at the client when something new waits in their room: one mail, however much it is. */
import { dayInWords, type Mail } from './guest-mails.ts'

export interface TaskMail {
  recipientName: string
  clientName: string
  organisationName: string
  senderName: string
  /** YYYY-MM-DD. */
  dueOn: string
  /** In the words of whoever asks; '' for none. */
  note: string
}

const closing = ({ senderName, organisationName }: TaskMail) => [
  `Sent by ${senderName} of ${organisationName} through Attested.`,
  'The link is for you alone; older links of yours go on working.',
  'You did not expect this? Do nothing, and ask the sender by telephone.',
]

function write(about: TaskMail, subject: string, first: string, last: string, href: string): Mail {
  return {
    subject,
    content: {
      greeting: `Hello ${about.recipientName},`,
      paragraphs: [first, ...about.note.split(/\n+/).filter(Boolean), last],
      code: null,
      action: { label: 'See what waits for you', href },
      closing: closing(about),
    },
  }
}

const howToGetIn = 'You need no account: the link opens a page that sends a one-time code to this address.'

export function writeQuestionsMail(
  about: TaskMail & { count: number; formTitle: string },
  href: string,
): Mail {
  const { clientName, organisationName, count, formTitle, dueOn } = about
  const questions = count === 1 ? 'one question' : `${count} questions`
  return write(
    about,
    `${organisationName} has ${questions} for you`,
    `For the cyber-insurance application of ${clientName} (${formTitle}) we need your answer to ${questions}.`,
    `Please answer by ${dayInWords(dueOn)}. What you do not know, or is not yours, you can say there, too. ${howToGetIn}`,
    href,
  )
}

export function writeApprovalMail(about: TaskMail, href: string): Mail {
  const { clientName, organisationName, dueOn } = about
  return write(
    about,
    `${organisationName} asks for your decision for ${clientName}`,
    `In the cyber-insurance application of ${clientName} something is accepted for a while although it is not in order. That takes the decision of somebody at ${clientName}: read what it is, and approve it or not.`,
    `Please decide by ${dayInWords(dueOn)}. ${howToGetIn}`,
    href,
  )
}
