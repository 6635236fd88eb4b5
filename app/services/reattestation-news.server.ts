/** What the provider is told once an officer has signed that answers are not wholly true any more. */
import { Statement } from '#app/report/statement.ts'
import type { Tx } from '#db/client.server.ts'
import { getOrganisation } from '#db/queries/members.server.ts'
import { listPromised } from '#db/queries/promises.server.ts'
import type { ReattestationRow } from '#db/queries/reattestations.server.ts'
import { insertReminders } from '#db/queries/reminders.server.ts'
import type { ReportRow } from '#db/queries/reports.server.ts'
import { dayInWords, type Mail } from './guest-mails.ts'
import { writeMail } from './mail-outbox.server.ts'
import { promisesOf } from './promise-standing.ts'
import { loadPeople } from './reminder-context.server.ts'
import { getRuntime, ownOrigin } from './runtime.server.ts'
import { emitEvent } from './webhook-emitting.server.ts'

/** As long as other news of reports can be handed over. */
const MAIL_DAYS = 90

type Said = { item: string; prompt: string; result: 'with-exceptions' | 'no-longer-true'; words: string }

/** In the order of the form, the gravest first. */
function changedIn({ answers, reattestation }: Statement): Said[] {
  const stated = new Map(answers.map((answer) => [answer.questionId, answer]))
  const changed = (reattestation?.answers ?? []).flatMap(({ questionId, result }): Said[] => {
    if (!result || result.result === 'still-true') return []
    const { item = '', prompt = questionId } = stated.get(questionId) ?? {}
    const words = result.result === 'no-longer-true' ? result.cause : result.exceptions
    return [{ item, prompt, result: result.result, words }]
  })
  return changed.sort((a, b) => Number(b.result === 'no-longer-true') - Number(a.result === 'no-longer-true'))
}

/** @example "2 no longer true, 1 true with exceptions" */
function countsOf(changed: readonly Said[]): string {
  const ended = changed.filter(({ result }) => result === 'no-longer-true').length
  const excepted = changed.length - ended
  return [
    ...(ended > 0 ? [`${ended} no longer true`] : []),
    ...(excepted > 0 ? [`${excepted} true with exceptions`] : []),
  ].join(', ')
}

/**
 * Tells the bell, the mailbox and the webhooks at once; nothing where every answer is still true. Call it once the
 * re-attestation counts as signed and before the ledger's entry.
 */
export async function tellReattested(tx: Tx, row: ReattestationRow, report: ReportRow, at: Date) {
  const { organisationId, clientId } = row
  const statement = Statement.parse(JSON.parse(report.statement))
  const changed = changedIn(statement)
  if (changed.length === 0) return
  const clientName = statement.client.legalName
  const title = `The officer signed: ${countsOf(changed)}`
  const href = `/reattestations/${row.id}/promises`
  const promised = (await listPromised(tx, organisationId, { reattestationId: row.id })).flatMap(promisesOf)
  const dueOn = promised.map((one) => one.dueOn).sort()[0] ?? at.toISOString().slice(0, 10)
  await emitEvent(tx, organisationId, 'reattestation.changed', {
    client: { id: clientId, name: clientName },
    subject: { id: row.id, title: `Re-attestation ${row.number}: ${countsOf(changed)}` },
    text: `The officer of ${clientName} signed re-attestation ${row.number}. Of its answers ${countsOf(changed)}. See what was promised, and whether the broker is to be told.`,
    path: href,
    dueOn: promised.length > 0 ? dueOn : null,
    urgency: changed.some(({ result }) => result === 'no-longer-true') ? 'high' : 'normal',
  })
  const people = await loadPeople(tx, organisationId)
  const recipient = people.recipientOf(report.createdBy, clientId) ?? people.leadOf(clientId)
  if (!recipient) return
  await insertReminders(tx, [
    {
      ...{ organisationId, id: getRuntime().newId(), subjectKey: `reattestation:${report.id}`, clientId },
      ...{ occurrence: dueOn, rung: 'owner', offsetDays: 0, title, href, plannedAt: at, at },
      // The mail below goes by itself: a reminder's would be dropped where nothing is waited for.
      ...{ outcome: 'notice', recipientName: recipient.name, recipientEmail: recipient.email },
      userId: recipient.userId,
    },
  ])
  const organisation = await getOrganisation(tx, organisationId)
  // As with reminders: members see the same inside, so nothing waits in the outbox to be handed to themselves.
  const leaves = Boolean(getRuntime().mailer) && !organisation.isDemo
  if (!leaves || recipient.habits.channel === 'none') return
  const mail = writeSignedMail(recipient.name, { statement, changed, promised, href, title })
  const expiresAt = new Date(at.getTime() + MAIL_DAYS * 86_400_000)
  await writeMail(
    tx,
    organisationId,
    { kind: 'reattestation-signed', recipient: recipient.email, expiresAt, ...mail },
    leaves,
  )
}

/** What fits on a screen; the page has the rest. */
const MOST_LINES = 10

function writeSignedMail(
  name: string,
  about: {
    statement: Statement
    changed: readonly Said[]
    promised: ReturnType<typeof promisesOf>
    href: string
    title: string
  },
): Mail {
  const { statement, changed, promised } = about
  const origin = ownOrigin()
  const left = changed.length - MOST_LINES
  return {
    subject: `${statement.client.legalName}: ${countsOf(changed)}`,
    content: {
      greeting: `Hello ${name},`,
      paragraphs: [
        `The officer of ${statement.client.legalName} signed the re-attestation of ${statement.edition.formTitle}. ${countsOf(changed)}:`,
        ...changed
          .slice(0, MOST_LINES)
          .map(
            ({ item, prompt, result, words }) =>
              `${item}: ${prompt} ${result === 'no-longer-true' ? 'No longer true' : 'True with exceptions'}: ${words}`,
          ),
        ...(left > 0 ? [`${left} more stand on the page.`] : []),
        ...promised
          .slice(0, MOST_LINES)
          .map(
            ({ title, dueOn, owner }) => `${title}. Until ${dayInWords(dueOn)}${owner ? `, ${owner}` : ''}.`,
          ),
      ],
      code: null,
      action: origin === null ? null : { label: 'See what was promised', href: origin + about.href },
      closing: [`Sent by Attested for ${statement.preparedBy.name}.`],
    },
  }
}
