/** A request for newer evidence as a message to send: the page offers it, because Attested itself sends nothing. */

export interface RequestText {
  subject: string
  body: string
}

const MONTHS = 'January February March April May June July August September October November December'.split(
  ' ',
)

/** "24 November 2026" from YYYY-MM-DD. */
function inWords(day: string): string {
  const [year, month, date] = day.split('-').map(Number)
  return `${date} ${MONTHS[(month ?? 1) - 1]} ${year}`
}

export function composeRequest(request: {
  title: string
  recipientName: string
  message: string
  /** YYYY-MM-DD. */
  dueOn: string
  requestedByName: string
  organisationName: string
}): RequestText {
  return {
    subject: `Please renew: ${request.title}`,
    body: [
      `Dear ${request.recipientName},`,
      request.message,
      `Please send it by ${inWords(request.dueOn)}.`,
      `${request.requestedByName}\n${request.organisationName}`,
    ].join('\n\n'),
  }
}

/** What is asked for, before a person words it anew. */
export function suggestMessage(evidence: {
  clientName: string
  title: string
  kindLabel: string
  /** YYYY-MM-DD. */
  observedOn: string
}): string {
  return (
    `For the cyber-insurance application of ${evidence.clientName} we need a newer version of “${evidence.title}” ` +
    `(${evidence.kindLabel.toLowerCase()}). The one that we hold shows the state of ${inWords(evidence.observedOn)}.`
  )
}

/** Mail programs cut long addresses off; beyond this the text is left to be pasted. */
const LONGEST_LINK = 1900

export function mailtoHref(recipientEmail: string, { subject, body }: RequestText): string {
  const to = encodeURIComponent(recipientEmail).replace('%40', '@')
  // RFC 6068: lines of the body end with CRLF.
  const lines = encodeURIComponent(body.replaceAll('\n', '\r\n'))
  const whole = `mailto:${to}?subject=${encodeURIComponent(subject)}&body=${lines}`
  return whole.length > LONGEST_LINK ? `mailto:${to}?subject=${encodeURIComponent(subject)}` : whole
}
