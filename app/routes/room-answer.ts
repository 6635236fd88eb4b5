/** Autosave of one answer out of the room of whoever was asked. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { callerOf } from '#app/http/caller.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { guestKey } from '#app/http/guest-code.server.ts'
import { idParam, parseWith, readJson } from '#app/http/input.server.ts'
import { RoomAnswerInput } from '#app/services/assignment-input.ts'
import { RefusedError } from '#app/services/errors.ts'
import { saveRoomAnswer } from '#app/services/room-answers.server.ts'

const wrong = (status: 400 | 409, fieldErrors: { path: string; message: string }[]) =>
  Response.json({ outcome: 'invalid', fieldErrors }, { status })

export async function action({ request, params }: ActionFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  const assignmentId = idParam(params.assignment)
  const parsed = parseWith(RoomAnswerInput, await readJson(request))
  if (!parsed.ok)
    return wrong(
      400,
      Object.entries(parsed.fieldErrors).map(([path, message]) => ({ path, message })),
    )
  try {
    const result = await answering(() => saveRoomAnswer(key, assignmentId, parsed.input, callerOf(request)))
    return Response.json(result, {
      status: { saved: 200, invalid: 400, conflict: 409, frozen: 423 }[result.outcome],
    })
  } catch (error) {
    // The page stands open for hours: what it says then has to reach whoever types.
    if (error instanceof RefusedError) return wrong(409, [{ path: 'form', message: error.message }])
    throw error
  }
}
