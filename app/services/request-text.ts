/** What a request for newer evidence says, before a person words it anew. */
import { dayInWords } from './guest-mails.ts'

export function suggestMessage(evidence: {
  clientName: string
  title: string
  kindLabel: string
  /** YYYY-MM-DD. */
  observedOn: string
}): string {
  return (
    `For the cyber-insurance application of ${evidence.clientName} we need a newer version of “${evidence.title}” ` +
    `(${evidence.kindLabel.toLowerCase()}). The one that we hold shows the state of ${dayInWords(evidence.observedOn)}.`
  )
}
