/** Ends the session that asks for it. */
import { type ActionFunctionArgs, redirect } from '@remix-run/node'
import { closeSession } from '#app/services/sessions.server.ts'

/** A link or an image must not sign anybody out. */
export function loader() {
  return redirect('/')
}

export async function action({ request }: ActionFunctionArgs) {
  return redirect('/', { headers: { 'Set-Cookie': await closeSession(request.headers.get('cookie')) } })
}
