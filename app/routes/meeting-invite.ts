/** A review meeting's invitation as it stands now; after a change or the end of it under the same name, with a higher number. */
import { Readable } from 'node:stream'
import type { LoaderFunctionArgs } from '@remix-run/node'
import { download } from '#app/http/download.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { writeMeetingFile } from '#app/services/meetings.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { text, meeting, isCancelled } = await answering(() =>
    writeMeetingFile(member, idParam(params.meetingId)),
  )
  return download(Readable.from([text], { objectMode: false }), {
    name: `${isCancelled ? 'Cancelled meeting' : 'Meeting'} ${meeting.heldOn}.ics`,
    // The method is named here as well (RFC 5546 §2), or mail programs take it for a calendar to import.
    mediaType: `text/calendar; charset=utf-8; method=${isCancelled ? 'CANCEL' : 'REQUEST'}`,
  })
}
