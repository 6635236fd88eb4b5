/** A file for a request, from whoever holds its link. */
import type { ActionFunctionArgs } from '@remix-run/node'
import { receiveForRequest } from '#app/http/request-upload.server.ts'

export const action = ({ request, params: { token } }: ActionFunctionArgs) =>
  receiveForRequest(request, { token, session: null }, `/request/${token}`)
