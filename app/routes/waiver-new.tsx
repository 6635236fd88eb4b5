import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { Button } from '#app/components/button.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SelectField } from '#app/components/text-field.tsx'
import { WaiverForm } from '#app/components/waiver/waiver-form.tsx'
import { typedWaiver, type WaiverTexts } from '#app/components/waiver/waiver-words.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listControlGroups } from '#app/services/waiver-controls.server.ts'
import { WaiverOrigin, waiverInput } from '#app/services/waiver-input.ts'
import { getWaiverStart } from '#app/services/waiver-pages.server.ts'
import { createWaiver } from '#app/services/waivers.server.ts'

const today = () => new Date().toISOString().slice(0, 10)
const UUID = /^[0-9a-f-]{36}$/

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { searchParams } = new URL(request.url)
  const replaces = searchParams.get('replaces')
  const { client, templates, template, replaced } = await answering(() =>
    getWaiverStart(member, idParam(params.clientId), {
      templateKey: searchParams.get('template'),
      replacesId: replaces && UUID.test(replaces) ? replaces : null,
    }),
  )
  const texts: WaiverTexts = replaced
    ? {
        service: replaced.service,
        controlIds: replaced.controlIds,
        risk: replaced.risk,
        consequence: replaced.consequence,
        clientReason: replaced.clientReason,
        decisionMakerName: replaced.decisionMakerName,
        decisionMakerRole: replaced.decisionMakerRole,
        decisionMakerEmail: replaced.decisionMakerEmail,
      }
    : { ...template }
  return {
    client: { id: client.id, legalName: client.legalName },
    templates,
    templateKey: template?.key ?? '',
    hidden: {
      template: template ? `${template.key} ${template.version}` : '',
      replaces: replaced?.id ?? '',
    },
    texts: { serviceOfferedOn: today(), ...texts },
    groups: listControlGroups(),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(waiverInput(today), values)
  const typed = typedWaiver(values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
  const reply = await acting(async () =>
    redirect(`/waivers/${await createWaiver(member, clientId, parsed.input, WaiverOrigin.parse(values))}`),
  )
  return 'data' in reply ? data({ ...reply.data, typed }, reply.init ?? undefined) : reply
}

export const meta: MetaFunction = () => [{ title: pageTitle('Write a waiver') }]

export default function NewWaiverPage() {
  const { client, templates, templateKey, hidden, texts, groups } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const here = `/clients/${client.id}/waivers`
  return (
    <>
      <PageHeader
        title={hidden.replaces ? 'Have a waiver signed again' : 'Write a waiver'}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: 'Declined services', href: here },
        ]}
        lead="It begins as a draft. You read it once more before it is put to the client’s decision-maker; from then on it stays as it is."
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {hidden.replaces ? null : (
        <Form method="get" className="mb-6 flex max-w-measure flex-wrap items-end gap-3">
          <SelectField
            id="template"
            name="template"
            label="Start from a template"
            className="grow"
            defaultValue={templateKey}
            options={templates.map(({ key, name }) => ({ value: key, label: name }))}
            placeholder="Write freely"
          />
          <Button type="submit">Use it</Button>
        </Form>
      )}
      <WaiverForm
        key={hidden.template}
        texts={reply && 'typed' in reply ? reply.typed : texts}
        groups={groups}
        fieldErrors={reply && 'fieldErrors' in reply ? reply.fieldErrors : undefined}
        hidden={hidden}
        submitLabel="Save draft"
        cancelTo={here}
      />
    </>
  )
}
