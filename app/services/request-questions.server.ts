/** What the form of a new request starts with: the client's questions, and their contact. */
import { cutText } from '#app/language/cut-text.ts'
import * as applications from '#db/queries/applications.server.ts'
import { getClientRow } from './clients.server.ts'
import { findEditionFor } from './editions.server.ts'
import type { Member } from './member.ts'
import { getRuntime } from './runtime.server.ts'

const DAY_MS = 24 * 60 * 60 * 1000
/** A fortnight: enough to find it, not enough to forget it. */
const DUE_IN_DAYS = 14
const LABEL_LENGTH = 110

/** @param wanted the question that is asked for, as `applicationId/questionId`; anything else is left out */
export async function getRequestForm(member: Member, clientId: string, wanted: string | null) {
  const { database, clock } = getRuntime()
  const { organisationId } = member
  const now = clock()
  return database.inOrganisation(organisationId, async (tx) => {
    const client = await getClientRow(tx, organisationId, clientId)
    const questions: { value: string; label: string; prompt: string }[] = []
    for (const row of await applications.listApplications(tx, organisationId, clientId)) {
      if (row.state === 'frozen') continue
      const found = await findEditionFor(tx, organisationId, row)
      for (const question of found?.edition.sections.flatMap((section) => section.questions) ?? []) {
        const { item } = question.reference
        const label = `${row.formCode} ${item}: ${question.prompt}`
        questions.push({
          value: `${row.id}/${question.id}`,
          label: label.length > LABEL_LENGTH ? `${cutText(label, LABEL_LENGTH - 1)}…` : label,
          prompt: question.prompt,
        })
      }
    }
    const asked = questions.find(({ value }) => value === wanted)
    return {
      client,
      questions: questions.map(({ value, label }) => ({ value, label })),
      texts: {
        questionRef: asked?.value ?? '',
        message: asked
          ? `The insurer asks: “${asked.prompt}” Please send what shows it, with the day for which it is true.`
          : '',
        dueOn: new Date(now.getTime() + DUE_IN_DAYS * DAY_MS).toISOString().slice(0, 10),
        recipientName: client.contactName ?? '',
        recipientEmail: client.contactEmail ?? '',
      },
    }
  })
}
