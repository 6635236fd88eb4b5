import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData } from '@remix-run/react'
import { ButtonLink } from '#app/components/button.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SecretOnce } from '#app/components/webhook/secret-once.tsx'
import { WebhookForm } from '#app/components/webhook/webhook-form.tsx'
import { acting } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { forOwners } from '#app/http/webhook-page.server.ts'
import { WebhookInput } from '#app/services/webhook-input.ts'
import { addWebhook, listWebhooks } from '#app/services/webhooks.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  await forOwners(() => listWebhooks(member))
  return null
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const parsed = parseWith(WebhookInput, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  // Not a redirect: the secret is in this answer and nowhere else.
  return acting(async () => ({ made: await addWebhook(member, parsed.input) }))
}

export const meta: MetaFunction = () => [{ title: pageTitle('New webhook') }]

export default function WebhookNewPage() {
  const reply = useActionData<typeof action>()
  const made = reply && 'made' in reply ? reply.made : null
  return (
    <>
      <PageHeader
        title={made ? 'The webhook is set up' : 'New webhook'}
        breadcrumb={[
          { label: 'Account', href: '/account' },
          { label: 'Webhooks', href: '/webhooks' },
        ]}
      />
      {reply && 'refusal' in reply ? (
        <div className="mb-5">
          <Notice kind="danger" announce title={reply.refusal.message} />
        </div>
      ) : null}
      {made ? (
        <div className="max-w-measure">
          <SecretOnce secret={made.secret} />
          <div className="mt-6">
            <ButtonLink variant="primary" to={`/webhooks/${made.id}`}>
              Go on to try it
            </ButtonLink>
          </div>
        </div>
      ) : (
        <WebhookForm errors={reply && 'fieldErrors' in reply ? reply.fieldErrors : {}} />
      )}
    </>
  )
}
