/** The officer's part of a demo: through the same door as everybody, with the mails that wait in the outbox. */
import { atTheDoor, enterCode, type Key, sendCode } from '../attestation-door.server.ts'
import { sendAttestationLink } from '../attestation-links.server.ts'
import { answersToAcknowledge } from '../attestation-rules.ts'
import { attest, confirmAnswer } from '../attestation-visit.server.ts'
import { listOutbox } from '../mail-outbox.server.ts'
import type { Member } from '../member.ts'

/**
 * Sends a link for the report, opens it with its code, confirms what has to be confirmed and attests.
 * @throws Error where mails leave through a mail server: only their recipient has the code then
 */
export async function attestAsOfficer(
  member: Member,
  reportId: string,
  officer: { name: string; address: string; userAgent: string },
): Promise<void> {
  await sendAttestationLink(member, reportId, 'http://localhost')
  const key = await openDoor(member, await tokenInOutbox(member))
  const statement = await atTheDoor(key, async (_tx, door) => door.statement)
  for (const { questionId } of answersToAcknowledge(statement)) await confirmAnswer(key, questionId)
  const { name, ...caller } = officer
  await attest(key, { typedName: name, attest: 'on' }, caller, null)
}

/** The key of the link that was written last. */
export async function tokenInOutbox(member: Member): Promise<string> {
  const mail = await newestMail(member, 'attestation-link')
  const token = mail.action?.href.split('/').at(-1)
  if (!token) throw new Error('A link mail without a link')
  return token
}

/** Asks for a code, takes it from the outbox and enters it. */
export async function openDoor(member: Member, token: string): Promise<Key> {
  await sendCode({ token, session: null })
  const { code } = await newestMail(member, 'attestation-code')
  const entered = await enterCode({ token, session: null }, code ?? '')
  if (entered.outcome !== 'open') throw new Error('The code that was just sent does not open the link')
  return { token, session: entered.session }
}

async function newestMail(member: Member, kind: 'attestation-link' | 'attestation-code') {
  const mail = (await listOutbox(member)).find((candidate) => candidate.kind === kind && candidate.content)
  if (!mail?.content) throw new Error(`No mail of the kind ${kind} waits in the outbox`)
  return mail.content
}
