import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { WaiverForm } from '#app/components/waiver/waiver-form.tsx'
import { typedWaiver } from '#app/components/waiver/waiver-words.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listControlGroups } from '#app/services/waiver-controls.server.ts'
import { SeenVersion, waiverInput } from '#app/services/waiver-input.ts'
import { getWaiverPage } from '#app/services/waiver-pages.server.ts'
import { editWaiver } from '#app/services/waivers.server.ts'

const today = () => new Date().toISOString().slice(0, 10)

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { row } = await answering(() => getWaiverPage(member, idParam(params.waiverId)))
  if (row.state !== 'draft') throw redirect(`/waivers/${row.id}`)
  const { service, controlIds, serviceOfferedOn, risk, consequence, clientReason, reviewOn } = row
  const { decisionMakerName, decisionMakerRole, decisionMakerEmail } = row
  return {
    id: row.id,
    version: row.version,
    groups: listControlGroups(),
    texts: {
      ...{ service, controlIds, serviceOfferedOn, risk, consequence, clientReason, reviewOn },
      ...{ decisionMakerName, decisionMakerRole, decisionMakerEmail },
    },
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const waiverId = idParam(params.waiverId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(waiverInput(today), values)
  const seen = parseWith(SeenVersion, values)
  const typed = typedWaiver(values)
  if (!parsed.ok || !seen.ok) {
    const fieldErrors = parsed.ok
      ? { form: 'The page does not say what it was filled from. Reload it.' }
      : parsed.fieldErrors
    return data({ fieldErrors, typed }, { status: 400 })
  }
  const reply = await acting(async () =>
    (await editWaiver(member, waiverId, seen.input.seenVersion, parsed.input)) === 'saved'
      ? redirect(`/waivers/${waiverId}`)
      : data({ isConflict: true as const, typed }, { status: 409 }),
  )
  return 'data' in reply ? data({ ...reply.data, typed }, reply.init ?? undefined) : reply
}

export const meta: MetaFunction = () => [{ title: pageTitle('Edit a waiver') }]

export default function EditWaiverPage() {
  const { id, version, texts, groups } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <>
      <PageHeader
        title="Edit the draft"
        breadcrumb={[
          { label: 'Declined services', href: '/waivers' },
          { label: texts.service, href: `/waivers/${id}` },
        ]}
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {reply && 'isConflict' in reply ? (
        <Notice kind="warning" announce title="Somebody changed this draft meanwhile">
          Nothing was saved, and what you typed is still here. Open the draft in another window to see what
          changed; to put your words in place of theirs, copy them, reload this page and save.
        </Notice>
      ) : null}
      <WaiverForm
        texts={reply && 'typed' in reply ? reply.typed : texts}
        groups={groups}
        fieldErrors={reply && 'fieldErrors' in reply ? reply.fieldErrors : undefined}
        hidden={{ seenVersion: version }}
        submitLabel="Save draft"
        cancelTo={`/waivers/${id}`}
      />
    </>
  )
}
