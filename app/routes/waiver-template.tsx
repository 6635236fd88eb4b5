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
import { TemplateForm } from '#app/components/waiver/template-form.tsx'
import { typedTemplate } from '#app/components/waiver/waiver-words.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listControlGroups } from '#app/services/waiver-controls.server.ts'
import { WaiverTemplateInput } from '#app/services/waiver-input.ts'
import {
  changeWaiverTemplate,
  createWaiverTemplate,
  getWaiverTemplate,
  retireWaiverTemplate,
} from '#app/services/waiver-templates.server.ts'

const NEW = 'new'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const key = params.template ?? ''
  const groups = listControlGroups()
  if (key === NEW) return { groups, template: null }
  const { name, service, controlIds, risk, consequence, version, isRetired } = await answering(() =>
    getWaiverTemplate(member, key),
  )
  const texts = { name, service, controlIds: [...controlIds], risk, consequence }
  return { groups, template: { texts, version, isRetired } }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const key = params.template ?? ''
  const values = formValues(await readForm(request))
  if (key !== NEW && (values.intent === 'retire' || values.intent === 'bring-back'))
    return acting(async () => {
      await retireWaiverTemplate(member, key, values.intent === 'retire')
      return redirect('/waiver-templates')
    })
  const parsed = parseWith(WaiverTemplateInput, values)
  const typed = typedTemplate(values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
  const reply = await acting(async () => {
    if (key === NEW) await createWaiverTemplate(member, parsed.input)
    else if ((await changeWaiverTemplate(member, key, parsed.input)) === 'conflict')
      return data({ isConflict: true as const }, { status: 409 })
    return redirect('/waiver-templates')
  })
  return 'data' in reply ? data({ ...reply.data, typed }, reply.init ?? undefined) : reply
}

export const meta: MetaFunction = () => [{ title: pageTitle('Template of a waiver') }]

export default function WaiverTemplatePage() {
  const { template, groups } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  return (
    <>
      <PageHeader
        title={template ? template.texts.name : 'New template'}
        breadcrumb={[
          { label: 'Account', href: '/account' },
          { label: 'Templates of waivers', href: '/waiver-templates' },
        ]}
        lead="Each change is a version. Waivers that were written before keep their words."
        actions={
          template ? (
            <Form method="post">
              <input type="hidden" name="intent" value={template.isRetired ? 'bring-back' : 'retire'} />
              <Button type="submit">{template.isRetired ? 'Use it again' : 'Stop using it'}</Button>
            </Form>
          ) : null
        }
      />
      {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
      {reply && 'isConflict' in reply ? (
        <Notice kind="warning" announce title="Somebody changed this template meanwhile">
          Nothing was saved, and what you typed is still here. Copy it, reload the page to see the other
          version, and save again.
        </Notice>
      ) : null}
      <TemplateForm
        texts={reply && 'typed' in reply ? reply.typed : (template?.texts ?? {})}
        seenVersion={template?.version ?? 0}
        groups={groups}
        fieldErrors={reply && 'fieldErrors' in reply ? reply.fieldErrors : undefined}
      />
    </>
  )
}
