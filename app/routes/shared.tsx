/** A signed report for a recipient without an account: the passcode first, then the report in full. */
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { pageTitle } from '#app/components/page-title.ts'
import { ClosedShare } from '#app/components/share/closed-share.tsx'
import { PasscodeDoor, type PasscodeReply } from '#app/components/share/passcode-door.tsx'
import { SharedReportPage } from '#app/components/share/shared-report.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { shareCookie, shareKey } from '#app/http/share-cookie.server.ts'
import { wordsIn } from '#app/report/language/words.ts'
import { enterPasscode } from '#app/services/report-share-door.server.ts'
import { PasscodeInput } from '#app/services/report-share-input.ts'
import { type SharePage, visitShare } from '#app/services/report-share-visit.server.ts'

/** Plain forms need an Origin, which browsers withhold together with the referrer; only the door has one. */
const NO_REFERRER = { 'Referrer-Policy': 'no-referrer' }
const STATUS = { door: 200, read: 200, locked: 403, expired: 410, revoked: 410 } as const

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await shareKey(request, params.token)
  const page = await answering(() => visitShare(key, callerOf(request)))
  const headers = page.state === 'door' ? undefined : NO_REFERRER
  return data({ page, base: `/shared/${params.token}/report` }, { status: STATUS[page.state], headers })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { token = '' } = params
  const key = await shareKey(request, token)
  const parsed = parseWith(PasscodeInput, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  const entered = await answering(() => enterPasscode(key, parsed.input.passcode, callerOf(request)))
  if (entered.outcome === 'closed') return redirect(`/shared/${token}`)
  if (entered.outcome === 'wrong') {
    const left = entered.triesLeft === 1 ? 'One try is' : `${entered.triesLeft} tries are`
    const passcode = `That is not the passcode. ${left} left before the link is locked.`
    return data({ fieldErrors: { passcode } }, { status: 400 })
  }
  const cookie = await shareCookie(token, entered.session, entered.seconds)
  return redirect(`/shared/${token}`, { headers: { 'Set-Cookie': cookie } })
}

export const headers: HeadersFunction = ({ loaderHeaders, errorHeaders }) => errorHeaders ?? loaderHeaders

/** Before the passcode not even the language of the report is told. */
const languageOf = (page: SharePage | undefined) =>
  page?.state === 'read' ? page.report.statement.language : undefined

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(wordsIn(languageOf(loaded?.page)).say('shared.page')) },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
  ...(loaded?.page.state === 'door' ? [] : [{ name: 'referrer', content: 'no-referrer' }]),
]

export default function SharedPage() {
  const { page, base } = useLoaderData<typeof loader>()
  const reply = useActionData<PasscodeReply>()
  if (page.state === 'door') return <PasscodeDoor reply={reply} />
  if (page.state === 'read') return <SharedReportPage report={page.report} base={base} />
  return <ClosedShare state={page.state} />
}
