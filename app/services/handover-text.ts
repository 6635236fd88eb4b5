/** What was handed over, as a plain text that anybody can keep. */
import type { Handover } from '#db/queries/engagements.server.ts'
import type { DecisionKind, ReviewOpinion } from './review-input.ts'

const OPINIONS: Record<ReviewOpinion, string> = {
  satisfied: 'Satisfied',
  'with-conditions': 'Satisfied with conditions',
  'not-satisfied': 'Not satisfied',
}
const KINDS: Record<DecisionKind, string> = {
  accepted: 'accepted',
  'accepted-with-note': 'accepted with a note',
  asked: 'asked',
  rejected: 'rejected',
  contradiction: 'contradiction raised',
}

interface Parties {
  hostName: string
  guestName: string
  declaration: string
}

export function writeHandover(handover: Handover, { hostName, guestName, declaration }: Parties): string {
  const lines = [
    `Independent assessment by ${guestName} for ${hostName}`,
    `Handed over by ${handover.byName} <${handover.byEmail}> on ${handover.at}`,
    '',
    `Opinion: ${OPINIONS[handover.opinion]}`,
    '',
    handover.summary,
    '',
    `Declared on acceptance: ${declaration}`,
  ]
  for (const application of handover.applications) {
    const { byKind, open } = application
    const counts = (Object.keys(KINDS) as DecisionKind[]).flatMap((kind) =>
      byKind[kind] ? [`${byKind[kind]} ${KINDS[kind]}`] : [],
    )
    lines.push(
      '',
      `${application.clientName}: ${application.formTitle}, edition ${application.edition}`,
      `Decided: ${application.decided} of ${application.questions} answers${counts.length > 0 ? ` (${counts.join(', ')})` : ''}`,
      `Remains open: ${open.length}`,
      ...open.map(
        ({ item, prompt, kind, note }) =>
          `  ${item} ${prompt}: ${kind ? KINDS[kind] : 'not assessed'}${note ? `. ${note.replace(/\s+/g, ' ')}` : ''}`,
      ),
    )
  }
  return `${lines.join('\r\n')}\r\n`
}
