/** An exception before it is put to the client's decision-maker, and what came of it. */
import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { type ShouldRevalidateFunction, useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { AskApproval } from '#app/components/readiness/ask-approval.tsx'
import { typedTextsOf } from '#app/components/typed-texts.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { ApprovalChange } from '#app/services/exception-approval-input.ts'
import { askApproval, getApprovalPage, takeBackApproval } from '#app/services/exception-approvals.server.ts'

const typedTexts = typedTextsOf(['recipientName', 'recipientEmail', 'dueOn', 'note'])

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return answering(() => getApprovalPage(member, idParam(params.exceptionId)))
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const exceptionId = idParam(params.exceptionId)
  const values = formValues(await readForm(request))
  const parsed = parseWith(ApprovalChange, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors, typed: typedTexts(values) }, { status: 400 })
  const { input } = parsed
  return acting(async () => {
    if (input.intent === 'take-back') {
      await takeBackApproval(member, exceptionId, input.approvalId)
      return { told: 'Taken back: it is gone from their room' }
    }
    const { delivery } = await askApproval(member, exceptionId, input, publicOrigin(request))
    return {
      told:
        delivery === 'mail-server'
          ? `The mail to ${input.recipientName} is on its way`
          : `The mail to ${input.recipientName} waits in the outbox for you to hand over`,
    }
  })
}

/** What was refused because something changed is only understood beside what it is now. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ actionStatus, defaultShouldRevalidate }) =>
  actionStatus === 409 || defaultShouldRevalidate

export const meta: MetaFunction = () => [{ title: pageTitle('Approval of an exception') }]

export default function ExceptionApprovalPage() {
  const page = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const here = `/clients/${page.clientId}`
  return (
    <>
      <PageHeader
        title="Approval of an exception"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: page.clientName, href: here },
          { label: 'Exceptions', href: `${here}/exceptions` },
        ]}
        lead="Somebody at the client reads it in plain words and approves it, or says why not. If they do not approve it, the exception ends."
      />
      <div className="flex flex-col gap-5">
        {reply && 'refusal' in reply ? <Notice kind="danger" announce title={reply.refusal.message} /> : null}
        {reply && 'told' in reply ? <Notice kind="success" announce title={reply.told} /> : null}
        <AskApproval page={page} wrong={reply && 'fieldErrors' in reply ? reply : undefined} />
      </div>
    </>
  )
}
