import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData, useSearchParams } from '@remix-run/react'
import { AnswerStep } from '#app/components/attestation/answer-step.tsx'
import { DeclineStep } from '#app/components/attestation/decline-step.tsx'
import { Door, type DoorReply } from '#app/components/attestation/door.tsx'
import { Outcome } from '#app/components/attestation/outcome.tsx'
import { Overview } from '#app/components/attestation/overview.tsx'
import { SignStep } from '#app/components/attestation/sign-step.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { OfficerPages, ReportInTheMaking } from '#app/components/reattestation/officer-pages.tsx'
import { callerOf } from '#app/http/caller.server.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { findSession } from '#app/http/member.server.ts'
import { officerCookie, officerKey } from '#app/http/officer-cookie.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { signerWords } from '#app/report/language/signing/words.ts'
import { enterCode, greet, languageAtTheDoor, sendCode } from '#app/services/attestation-door.server.ts'
import { getSignerPage } from '#app/services/attestation-page.server.ts'
import { attest, confirmAnswer, decline } from '#app/services/attestation-visit.server.ts'
import { resultInput } from '#app/services/reattestation-input.ts'
import {
  confirmUnchanged,
  finishAnswering,
  getOfficerSheet,
  giveResult,
} from '#app/services/reattestation-visit.server.ts'
import { ConfirmInput, signerInputs } from '#app/services/report-input.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const key = await officerKey(request, params.token)
  return answering(async () => {
    const greeting = await greet(key)
    const sheet =
      greeting.role === 'reattesting-officer' && greeting.isOpen ? await getOfficerSheet(key) : null
    const page = greeting.isOpen ? await getSignerPage(key) : null
    return { greeting, sheet, page: page && { ...page, fileHref: `/attest/${params.token}/report` } }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const { token = '' } = params
  const key = await officerKey(request, token)
  const values = formValues(await readForm(request))
  const here = `/attest/${token}`
  const wrong = (fieldErrors: Record<string, string>) => data({ fieldErrors }, { status: 400 })
  return acting(async () => {
    const { say, language } = signerWords(await languageAtTheDoor(key))
    const inputs = signerInputs(language)
    switch (values.intent) {
      case 'send-code':
        await sendCode(key)
        return redirect(here)
      case 'enter-code': {
        const parsed = parseWith(inputs.code, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        const entered = await enterCode(key, parsed.input.code)
        if (entered.outcome === 'open') {
          const cookie = await officerCookie(token, entered.session, entered.seconds)
          return redirect(here, { headers: { 'Set-Cookie': cookie } })
        }
        if (entered.outcome === 'no-code') return wrong({ code: say('code.gone') })
        if (entered.triesLeft === 0) return wrong({ code: say('code.dead') })
        return wrong({ code: say('code.wrong', { count: entered.triesLeft }) })
      }
      case 'confirm': {
        const parsed = parseWith(ConfirmInput, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        await confirmAnswer(key, parsed.input.questionId)
        return redirect(`${here}?step=${parsed.input.step + 1}`)
      }
      case 'give-result': {
        const sheet = await getOfficerSheet(key)
        if (!sheet) return redirect(here)
        const parsed = parseWith(resultInput(language, sheet.today), values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        await giveResult(key, parsed.input)
        const { step } = parsed.input
        return redirect(step > 0 ? `${here}?step=${step + 1}` : `${here}?step=list`)
      }
      case 'confirm-unchanged':
        await confirmUnchanged(key)
        return redirect(`${here}?step=end`)
      case 'finish-answering':
        await finishAnswering(key)
        return redirect(here)
      case 'decline': {
        const parsed = parseWith(inputs.decline, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        await decline(key, parsed.input, publicOrigin(request))
        return redirect(here)
      }
      default: {
        const parsed = parseWith(inputs.attest, values)
        if (!parsed.ok) return wrong(parsed.fieldErrors)
        const session = await findSession(request)
        await attest(key, parsed.input, callerOf(request), session?.member ?? null)
        return redirect(here)
      }
    }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: loaded }) => [
  { title: pageTitle(signerWords(loaded?.greeting.language, loaded?.greeting.role).say('page.title')) },
  { name: 'robots', content: 'noindex' },
]

export default function AttestationPage() {
  const { greeting, sheet, page } = useLoaderData<typeof loader>()
  const [search] = useSearchParams()
  const reply = useActionData<DoorReply>()
  if (!page) return <Door greeting={greeting} reply={reply} />
  const step = search.get('step')
  if (sheet && step !== 'decline') return <OfficerPages sheet={sheet} reply={reply} />
  if (page.state === 'making' && !sheet)
    return <ReportInTheMaking language={page.language} kicker={page.clientName} />
  if (page.state !== 'waiting' && !sheet) return <Outcome page={page} />
  if (step === 'decline') return <DeclineStep page={page} about={search.get('about')} reply={reply} />
  if (page.isReattestation) return <SignStep page={page} reply={reply} />
  const next = page.steps.findIndex(({ isConfirmed }) => !isConfirmed)
  // Behind the last answer comes the declaration; before every answer is confirmed, it leads back to the list.
  const isPastLast = step !== null && Number(step) > page.steps.length
  if ((step === 'sign' || isPastLast) && next === -1) return <SignStep page={page} reply={reply} />
  const index = Number(step) - 1
  if (step !== null && Number.isInteger(index) && page.steps[index]) {
    return (
      <AnswerStep
        key={page.steps[index].questionId}
        page={page}
        index={index}
        refusal={reply?.refusal?.message}
      />
    )
  }
  return <Overview page={page} />
}
