/** The room of a client, for one person of theirs: the code first, then what waits for them. */
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { CodeDoor, type CodeDoorReply } from '#app/components/guest/code-door.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Room, type RoomReply } from '#app/components/room/room.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { unknownAct } from '#app/http/error-reply.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { answerAtDoor, guestKey } from '#app/http/guest-code.server.ts'
import { formValues, idParam, readForm } from '#app/http/input.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { greetGuest } from '#app/services/guest-door.server.ts'
import { mailAttestationAgain } from '#app/services/room-attestations.server.ts'
import { visitRoom } from '#app/services/room-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  return answering(async () => {
    const greeting = await greetGuest('room', key, callerOf(request))
    const base = `/room/${params.token}`
    if (!greeting.isOpen)
      return data({ greeting, base, page: null }, { status: greeting.state === 'open' ? 200 : 410 })
    return data({ greeting, base, page: await visitRoom(key) })
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  const values = formValues(await readForm(request))
  return acting(async () => {
    if (values.intent === 'mail-attestation') {
      const linkId = idParam(typeof values.linkId === 'string' ? values.linkId : undefined)
      return { mailed: await mailAttestationAgain(key, linkId, publicOrigin(request)) }
    }
    const atDoor = await answerAtDoor('room', key, request, values)
    if (!atDoor) throw unknownAct()
    return atDoor
  })
}

export const headers: HeadersFunction = ({ loaderHeaders, errorHeaders }) => errorHeaders ?? loaderHeaders

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded?.page ? `What waits for ${loaded.page.recipientName}` : 'For you') },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
]

export default function RoomPage() {
  const { greeting, page, base } = useLoaderData<typeof loader>()
  const reply = useActionData<CodeDoorReply & RoomReply>()
  if (!page) return <CodeDoor kicker="What waits for you" greeting={greeting} reply={reply} />
  return <Room page={page} base={base} reply={reply} />
}
