/** A waiver before the client's decision-maker, inside their room. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { SignerLayout } from '#app/components/attestation/signer-layout.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { useRefreshing } from '#app/components/use-refreshing.ts'
import { WaiverToSign } from '#app/components/waiver/waiver-to-sign.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { acting } from '#app/http/faults.server.ts'
import { guestKey } from '#app/http/guest-code.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { findSession } from '#app/http/member.server.ts'
import { insideRoom } from '#app/http/room-page.server.ts'
import { refuseInRoom, signInRoom, visitRoomWaiver } from '#app/services/room-visit.server.ts'
import { RefuseWaiverInput, SignWaiverInput } from '#app/services/waiver-input.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  const waiverId = idParam(params.waiver)
  const { waiver, organisationName } = await insideRoom(params.token, () => visitRoomWaiver(key, waiverId))
  const base = `/room/${params.token}`
  return {
    waiver,
    organisationName,
    base,
    fileHref: waiver.hasFile ? `${base}/waivers/${waiverId}/file` : null,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const key = await guestKey('room', request, params.token)
  const waiverId = idParam(params.waiver)
  const values: Record<string, unknown> = { ...formValues(await readForm(request)), waiverId }
  const here = `/room/${params.token}/waivers/${waiverId}`
  const typed = { typedName: String(values.typedName ?? ''), reason: String(values.reason ?? '') }
  return acting(async () => {
    if (values.intent === 'refuse-waiver') {
      const parsed = parseWith(RefuseWaiverInput, values)
      if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
      await refuseInRoom(key, parsed.input)
      return redirect(here)
    }
    const parsed = parseWith(SignWaiverInput, values)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
    const session = await findSession(request)
    await signInRoom(key, parsed.input, callerOf(request), session?.member ?? null)
    return redirect(here)
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded ? `Decline a service: ${loaded.waiver.text.service}` : 'Waiver') },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
]

export default function RoomWaiverPage() {
  const { waiver, organisationName, base, fileHref } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const navigation = useNavigation()
  useRefreshing(waiver.state === 'signed' && fileHref === null)
  return (
    <SignerLayout
      kicker={
        <Link to={base} className="text-link">
          Back to what waits for you
        </Link>
      }
      title={`A paper of ${organisationName}`}
    >
      <WaiverToSign
        waiver={waiver}
        fieldErrors={reply && 'fieldErrors' in reply ? reply.fieldErrors : undefined}
        typed={reply && 'typed' in reply ? reply.typed : undefined}
        refusal={reply && 'refusal' in reply ? reply.refusal.message : undefined}
        isSending={navigation.state !== 'idle'}
        fileHref={fileHref}
      />
    </SignerLayout>
  )
}
