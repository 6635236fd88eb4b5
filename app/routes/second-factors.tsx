import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData } from '@remix-run/react'
import { AuthLayout } from '#app/components/auth-layout.tsx'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { Disclosure } from '#app/components/disclosure.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { AddFactor } from '#app/components/second-factor/add-factor.tsx'
import { Enrolment } from '#app/components/second-factor/enrolment.tsx'
import { errorsAt, FactorForm } from '#app/components/second-factor/factor-form.tsx'
import { FactorList } from '#app/components/second-factor/factor-list.tsx'
import { ProofField } from '#app/components/second-factor/proof-field.tsx'
import { RecoveryCodes } from '#app/components/second-factor/recovery-codes.tsx'
import { unknownAct } from '#app/http/error-reply.ts'
import { answering } from '#app/http/faults.server.ts'
import { formValues, type Parsed, parseWith, readForm } from '#app/http/input.server.ts'
import { requireAnySession, safeNext } from '#app/http/member.server.ts'
import { publicOrigin } from '#app/http/origin.server.ts'
import { RefusedError } from '#app/services/errors.ts'
import {
  cancelEnrolment,
  confirmApp,
  confirmPasskey,
  type EnrolmentOutcome,
  isPasskeyPlace,
  startFactor,
  viewEnrolment,
} from '#app/services/factor-enrolment.server.ts'
import {
  AppCodeInput,
  NewPasskeyResponse,
  ProofInput,
  RemoveFactorInput,
  RenameFactorInput,
  readPasskeyResponse,
  StartFactorInput,
} from '#app/services/second-factor-input.ts'
import {
  listSecondFactors,
  removeFactor,
  renameFactor,
  renewRecoveryCodes,
} from '#app/services/second-factors.server.ts'

/** The one page that members without a demanded second factor can open: here they set it up. */
export async function loader({ request }: LoaderFunctionArgs) {
  const session = await requireAnySession(request)
  const { member, demand } = session
  const origin = publicOrigin(request)
  // The forms of this page are sent to its own address, so that it stays until the factor is set up.
  const next = new URL(request.url).searchParams.get('next')
  return {
    ...(await listSecondFactors(member)),
    enrolment: await viewEnrolment(session, origin),
    organisationName: member.organisationName,
    isDemo: member.organisationIsDemo,
    isPasskeyPlace: isPasskeyPlace(origin),
    isHeldBack: demand !== 'none' && !member.hasSecondFactor,
    hasSecondFactor: member.hasSecondFactor,
    next: next === null ? null : safeNext(next),
  }
}

/** A wrong try has used up what the page was made with. */
export const shouldRevalidate = () => true

type Reply = { outcome: 'begun' | 'cancelled' | 'renamed' | 'removed' | 'added'; codes: string[] | null }

const did = (outcome: Reply['outcome'], codes: Reply['codes'] = null): Reply => ({ outcome, codes })

export async function action({ request }: ActionFunctionArgs) {
  const session = await requireAnySession(request)
  const origin = publicOrigin(request)
  const values = formValues(await readForm(request))
  const at = typeof values.at === 'string' ? values.at.slice(0, 60) : 'confirm'
  const refuse = (fieldErrors: Record<string, string>, status: number) =>
    data({ at, fieldErrors }, { status })
  const given = <T,>(parsed: Parsed<T>, work: (input: T) => Promise<Reply | ReturnType<typeof refuse>>) =>
    parsed.ok ? work(parsed.input) : refuse(parsed.fieldErrors, 400)
  const finished = (result: EnrolmentOutcome, wrong: Record<string, string>) =>
    result.outcome === 'wrong' ? refuse(wrong, 400) : did('added', result.recoveryCodes)
  try {
    return await answering(async () => {
      switch (values.intent) {
        case 'start':
          return given(parseWith(StartFactorInput, values), async (input) => {
            await startFactor(session, input, origin)
            return did('begun')
          })
        case 'cancel':
          await cancelEnrolment(session)
          return did('cancelled')
        case 'confirm-app':
          return given(parseWith(AppCodeInput, values), async ({ code }) =>
            finished(await confirmApp(session, code), {
              code: 'That code is not right. Wait for the next one, check the clock of your phone, and try again.',
            }),
          )
        case 'passkey': {
          const response = readPasskeyResponse(NewPasskeyResponse, values.response)
          return finished(await confirmPasskey(session, response, origin), {
            form: 'That passkey was not taken. Try again, or cancel and set up an app.',
          })
        }
        case 'rename':
          return given(parseWith(RenameFactorInput, values), async ({ factorId, name }) => {
            await renameFactor(session, factorId, name)
            return did('renamed')
          })
        case 'remove':
          return given(parseWith(RemoveFactorInput, values), async ({ factorId, proof }) => {
            await removeFactor(session, factorId, proof)
            return did('removed')
          })
        case 'codes':
          return given(parseWith(ProofInput, values), async ({ proof }) =>
            did('added', await renewRecoveryCodes(session, proof)),
          )
        default:
          throw unknownAct()
      }
    })
  } catch (error) {
    if (!(error instanceof RefusedError)) throw error
    const field = error.code === 'proof' || error.code === 'proof-locked' ? 'proof' : 'form'
    return refuse({ [field]: error.message }, error.code === 'proof-locked' ? 429 : 409)
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('Second factors') }]

const DONE: Partial<Record<Reply['outcome'], string>> = {
  added: 'It is set up. Signing in asks for it from now on.',
  renamed: 'The name was changed.',
  removed: 'It was removed, and every other session has ended.',
}

export default function SecondFactorsPage() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const problem = result && 'fieldErrors' in result ? result : null
  const reply = result && 'outcome' in result ? result : null
  const done = reply && !reply.codes ? DONE[reply.outcome] : undefined
  return (
    <AuthLayout
      title={page.isHeldBack ? 'Set up a second factor' : 'Second factors'}
      lead={
        page.isHeldBack
          ? `${page.organisationName} lets nobody in with a password alone. Set up a second factor to go on; nothing else opens before.`
          : 'What you show beside your password when you sign in, so that a stolen password is not enough.'
      }
      footer={
        page.isHeldBack ? (
          <SignOut />
        ) : page.next ? (
          <TextLink to={page.next}>Go on to where you were</TextLink>
        ) : (
          <TextLink to="/account">Back to your account</TextLink>
        )
      }
    >
      <div className="flex flex-col gap-8">
        {done ? (
          <Notice kind="success" announce>
            {done}
          </Notice>
        ) : null}
        {reply?.codes ? (
          <>
            <RecoveryCodes codes={reply.codes} />
            <ButtonLink to={page.next ?? '/clients'} variant="primary">
              I have kept them
            </ButtonLink>
          </>
        ) : page.enrolment ? (
          <Enrolment enrolment={page.enrolment} problem={problem} />
        ) : (
          <Overview problem={problem} />
        )}
      </div>
    </AuthLayout>
  )
}

function Overview({ problem }: { problem: Parameters<typeof AddFactor>[0]['problem'] }) {
  const page = useLoaderData<typeof loader>()
  const { factors } = page
  const hasApp = factors.some(({ kind }) => kind === 'app')
  if (page.isDemo)
    return <Notice kind="info">Everybody shares the account of the demo, so it has no second factor.</Notice>
  if (factors.length > 0 && !page.hasSecondFactor) {
    return (
      <Notice kind="warning" action={<SignOut />}>
        This session was opened without your second factor. Sign out, and sign in with it.
      </Notice>
    )
  }
  return (
    <>
      {problem?.at === 'confirm' && problem.fieldErrors.form ? (
        <Notice kind="danger" announce>
          {problem.fieldErrors.form}
        </Notice>
      ) : null}
      {factors.length > 0 ? (
        <>
          <FactorList factors={factors} problem={problem} />
          <section>
            <h2 className="font-semibold text-section">Recovery codes</h2>
            <p className="mt-1 mb-3 text-ink-soft">
              {page.recoveryCodesLeft === 0
                ? 'None is left. Make new ones, or a lost factor locks you out.'
                : `${page.recoveryCodesLeft} of them are left.`}
            </p>
            <Disclosure title="Make new recovery codes" isOpen={problem?.at === 'codes'}>
              <FactorForm
                at="codes"
                hidden={{ intent: 'codes' }}
                problem={problem}
                submit={{ label: 'Make new codes', loading: 'Making' }}
              >
                <ProofField at="codes" hasApp={hasApp} error={errorsAt(problem, 'codes').proof} />
              </FactorForm>
            </Disclosure>
          </section>
        </>
      ) : null}
      <section className="flex flex-col gap-6">
        <div>
          <h2 className="font-semibold text-section">
            {factors.length > 0 ? 'Add another' : 'Choose what you have'}
          </h2>
          <p className="mt-1 text-ink-soft">
            {factors.length > 0
              ? 'With two, losing one does not lock you out.'
              : 'You can add the other one later.'}
          </p>
        </div>
        {page.isPasskeyPlace ? (
          <AddFactor kind="passkey" hasApp={hasApp} problem={problem} />
        ) : (
          <p className="text-ink-soft">
            Passkeys need an address with a name, and this one is a number. Open Attested by its name to set
            one up.
          </p>
        )}
        <AddFactor kind="app" hasApp={hasApp} problem={problem} />
      </section>
    </>
  )
}

function SignOut() {
  return (
    <Form method="post" action="/sign-out">
      <Button type="submit" variant="quiet">
        Sign out
      </Button>
    </Form>
  )
}
