/** The mailed offer of an engagement: what it is, and for a signed-in owner of the right organisation the way to accept. */
import {
  type ActionFunctionArgs,
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { AuthLayout } from '#app/components/auth-layout.tsx'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { CheckboxField } from '#app/components/choice-field.tsx'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { grantWords, KIND_WORDS } from '#app/components/engagement/engagement-words.ts'
import { Notice } from '#app/components/notice.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { findSession, requireVisitor } from '#app/http/member.server.ts'
import { acceptOffer, readOffer } from '#app/services/engagement-acceptance.server.ts'
import { AcceptInput } from '#app/services/engagement-input.ts'
import { GUEST_KIND } from '#app/services/engagement-rules.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = (await findSession(request))?.member ?? null
  const offer = await answering(() => readOffer(params.token, member))
  const here = `/offer/${params.token}`
  const wanted = GUEST_KIND[offer.kind]
  const isOpen = offer.state === 'offered'
  return data(
    {
      offer,
      here,
      wanted,
      isOpen,
      visitor: member && {
        name: member.name,
        organisationName: member.organisationName,
        isRightKind: member.organisationKind === wanted,
        isOwner: member.role === 'owner',
      },
    },
    { status: isOpen ? 200 : 410 },
  )
}

export async function action({ request, params }: ActionFunctionArgs) {
  const parsed = parseWith(AcceptInput, formValues(await readForm(request)))
  return acting(async () => {
    // Whoever brings no good link learns nothing more, signed in or not.
    await readOffer(params.token, null)
    const member = await requireVisitor(request)
    if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
    return redirect(`/portfolio/${await acceptOffer(member, params.token)}`)
  })
}

export const headers: HeadersFunction = ({ loaderHeaders, errorHeaders }) => errorHeaders ?? loaderHeaders

export const meta: MetaFunction = () => [
  { title: pageTitle('Offer of an engagement') },
  { name: 'robots', content: 'noindex, nofollow, noarchive' },
]

const WHO = { insurer: 'an insurer', assessor: 'an assessment firm', msp: 'an MSP' } as const

const OVER = {
  lapsed: 'This offer has lapsed',
  withdrawn: 'This offer was taken back',
  accepted: 'This offer was accepted already',
  expired: 'This offer was accepted already',
  ended: 'This offer was accepted already',
} as const

export default function OfferPage() {
  const { offer, here, wanted, isOpen, visitor } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { state } = useNavigation()
  const next = encodeURIComponent(here)
  if (!isOpen && offer.state !== 'offered') {
    return (
      <AuthLayout title={OVER[offer.state]}>
        <Notice kind="info" title="Its link opens nothing any more">
          Ask {offer.offeredByName} of {offer.hostName} for another.
        </Notice>
        {visitor?.isRightKind ? (
          <div className="mt-5">
            <ButtonLink to="/portfolio">Go to what is open to you</ButtonLink>
          </div>
        ) : null}
      </AuthLayout>
    )
  }
  return (
    <AuthLayout
      title={KIND_WORDS[offer.kind]}
      lead={`${offer.hostName} opens ${offer.applications === 1 ? 'one application' : `${offer.applications} applications`} to your organisation.`}
    >
      {reply && 'refusal' in reply ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      <DefinitionList
        items={[
          { term: 'Offered by', value: `${offer.offeredByName}, ${offer.hostName}` },
          { term: 'You may', value: grantWords(offer) },
          { term: 'Open until', value: <Time at={offer.lastDay} /> },
          { term: 'Offer good until', value: <Time at={offer.offerExpiresAt} show="moment" /> },
          ...(offer.instructions
            ? [
                {
                  term: 'Told',
                  value: <span className="wrap-anywhere whitespace-pre-line">{offer.instructions}</span>,
                },
              ]
            : []),
        ]}
      />
      <div className="mt-7">
        {visitor === null ? (
          <div className="flex flex-col gap-4">
            <p>An owner of {WHO[wanted]}’s organisation accepts it here.</p>
            <ButtonLink to={`/sign-in?next=${next}`} variant="primary" wide>
              Sign in
            </ButtonLink>
            <ButtonLink to={`/sign-up?kind=${wanted}&next=${next}`} wide>
              Create an organisation
            </ButtonLink>
          </div>
        ) : visitor.isRightKind && visitor.isOwner ? (
          <Form method="post" noValidate className="flex flex-col gap-5">
            <p className="border-rule border-s-2 ps-4">{offer.declaration}</p>
            <CheckboxField
              id="declare"
              name="declare"
              label={`I declare this for ${visitor.organisationName}`}
              hint={`As ${visitor.name}. It is kept word for word, by both organisations.`}
              error={reply && 'fieldErrors' in reply ? reply.fieldErrors.declare : undefined}
            />
            <Button type="submit" variant="primary" wide loading={state !== 'idle'} loadingLabel="Accepting">
              Accept for {visitor.organisationName}
            </Button>
          </Form>
        ) : (
          <Notice kind="warning" title="You cannot accept this here">
            {visitor.isRightKind
              ? `Only an owner of ${visitor.organisationName} accepts. Send them this address.`
              : `You are signed in as ${visitor.name} of ${visitor.organisationName}, and this offer is for ${WHO[wanted]}. Sign out, then open the link again as an owner of the right organisation.`}
          </Notice>
        )}
      </div>
    </AuthLayout>
  )
}
