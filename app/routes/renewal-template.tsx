import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { TemplateForm, typedSteps } from '#app/components/renewal/template-form.tsx'
import { Submit } from '#app/components/signing/form-parts.tsx'
import { Time } from '#app/components/time.tsx'
import { useReplyKey } from '#app/components/use-reply-key.ts'
import { acting } from '#app/http/faults.server.ts'
import { formValues, listValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { RenewalTemplateInput } from '#app/services/renewal-input.ts'
import { changeRenewalTemplate, getRenewalTemplate } from '#app/services/renewal-template.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { version, steps, changedByName, changedAt } = await getRenewalTemplate(await requireMember(request))
  return { version, steps: typedSteps(steps), changedByName, changedAt }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const form = await readForm(request)
  const values = formValues(form)
  const isReset = values.intent === 'reset'
  const steps = listValues(form, 'steps').filter(({ title, detail }) => title !== '' || detail !== '')
  const typed = isReset ? {} : { typed: typedSteps(steps) }
  const seen = parseWith(RenewalTemplateInput.pick({ seenVersion: true }), values)
  const parsed = parseWith(RenewalTemplateInput, { ...values, steps })
  if (!seen.ok) return data({ errors: seen.fieldErrors, ...typed }, { status: 400 })
  if (!isReset && !parsed.ok) return data({ errors: parsed.fieldErrors, ...typed }, { status: 400 })
  const { seenVersion } = seen.input
  const wanted = isReset || !parsed.ok ? null : parsed.input.steps
  return acting(async () =>
    (await changeRenewalTemplate(member, seenVersion, wanted)) === 'saved'
      ? { outcome: 'saved' as const }
      : { isConflict: true as const, ...typed },
  )
}

export const meta: MetaFunction = () => [{ title: pageTitle('Template of renewals') }]

export default function RenewalTemplatePage() {
  const { version, steps, changedByName, changedAt } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const key = useReplyKey(reply)
  return (
    <>
      <PageHeader
        title="Template of renewals"
        breadcrumb={[
          { label: 'Calendar', href: '/calendar' },
          { label: 'Renewals', href: '/renewals' },
        ]}
        meta={
          changedAt ? (
            <span>
              Version {version}, changed by {changedByName} on <Time at={changedAt} />
            </span>
          ) : (
            <span>As built in</span>
          )
        }
        lead="The steps that the plan of a renewal starts from. A change counts for policies that are recorded from now on; plans that were made stay as they are."
      />
      {reply && 'outcome' in reply ? (
        <Notice kind="success" announce>
          The template was saved.
        </Notice>
      ) : null}
      {reply && 'isConflict' in reply ? (
        <Notice kind="warning" announce title="Somebody else changed the template in the meantime">
          Nothing was overwritten. What you typed still stands below; saving it now replaces their steps.
        </Notice>
      ) : null}
      <TemplateForm
        key={`${key} ${version}`}
        steps={reply && 'typed' in reply && reply.typed ? reply.typed : steps}
        errors={reply && 'errors' in reply ? reply.errors : undefined}
        seenVersion={version}
      />
      {version > 0 ? (
        <PageSection title="Begin again">
          <Form method="post" className="flex flex-col gap-3">
            <input type="hidden" name="intent" value="reset" />
            <input type="hidden" name="seenVersion" value={version} />
            <p className="max-w-measure text-ink-soft">
              Puts the built-in steps in place of yours. Yours stay in the ledger.
            </p>
            <Submit variant="secondary">Use the built-in steps</Submit>
          </Form>
        </PageSection>
      ) : null}
    </>
  )
}
