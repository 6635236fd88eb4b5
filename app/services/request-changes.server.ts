/** What the page of a request can ask for, each with its own service. */
import type { Member } from './member.ts'
import { acceptRequestFile } from './request-acceptance.server.ts'
import type { RequestChange } from './request-input.ts'
import {
  cancelRequest,
  changeDueDay,
  closeRequest,
  remindOfRequest,
  returnRequest,
  revokeRequestLinks,
  sayAboutRequest,
} from './request-thread.server.ts'

/**
 * @param origin where browsers reach us, for the links of mails
 * @returns what is told when it is done
 */
export async function changeRequest(
  member: Member,
  requestId: string,
  change: RequestChange,
  origin: string,
): Promise<{ told: string }> {
  switch (change.intent) {
    case 'say':
      await sayAboutRequest(member, requestId, change, origin)
      return { told: change.audience === 'recipient' ? 'Message sent' : 'Note kept' }
    case 'return':
      await returnRequest(member, requestId, change.text, origin)
      return { told: 'Asked again' }
    case 'accept': {
      const { intent: _, fileEntryId, closes, ...input } = change
      await acceptRequestFile(member, requestId, { fileEntryId, closes, input })
      return { told: 'Taken as evidence' }
    }
    case 'close':
      await closeRequest(member, requestId)
      return { told: 'Request closed' }
    case 'remind':
      await remindOfRequest(member, requestId, origin)
      return { told: 'Reminder sent' }
    case 'change-due':
      await changeDueDay(member, requestId, change.dueOn)
      return { told: 'Day moved' }
    case 'revoke-link':
      await revokeRequestLinks(member, requestId)
      return { told: 'Links taken back: they open nothing any more' }
    case 'cancel':
      await cancelRequest(member, requestId)
      return { told: 'Request cancelled' }
  }
}
