/** A file for a request, out of the room of whoever was asked. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { guestKey } from '#app/http/guest-code.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { receiveForRequest } from '#app/http/request-upload.server.ts'

export async function action({ request, params }: ActionFunctionArgs) {
  const requestId = idParam(params.request)
  const key = { ...(await guestKey('room', request, params.token)), requestId }
  return receiveForRequest(request, key, `/room/${params.token}/requests/${requestId}`)
}
