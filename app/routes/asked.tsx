/** A request for evidence, for whoever was asked: by link, without an account. */
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ClosedLink } from '#app/components/guest/closed-link.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { AnswerRequest, type AskedReply } from '#app/components/request/answer-request.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { RequestReply } from '#app/services/request-input.ts'
import { replyToRequest, visitRequest } from '#app/services/request-visit.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = { token: params.token, session: null }
  const page = await answering(() => visitRequest(key, callerOf(request)))
  const status = page.state === 'open' ? 200 : 410
  return data({ page, uploadHref: `/request/${params.token}/upload` }, { status })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { token = '' } = params
  const parsed = parseWith(RequestReply, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await replyToRequest({ token, session: null }, parsed.input, publicOrigin(request))
    return redirect(`/request/${token}`)
  })
}

export const headers: HeadersFunction = ({ loaderHeaders, errorHeaders }) => errorHeaders ?? loaderHeaders

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(loaded?.page.state === 'open' ? loaded.page.visit.title : 'Request') },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
]

export default function AskedPage() {
  const { page, uploadHref } = useLoaderData<typeof loader>()
  const reply = useActionData<AskedReply>()
  if (page.state !== 'open') return <ClosedLink state={page.state} senderName={page.senderName} />
  return <AnswerRequest page={page.visit} uploadHref={uploadHref} reply={reply} />
}
