import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { AuthorityFacts } from '#app/components/signing/authority-facts.tsx'
import { GiveUpForm, RotateForm } from '#app/components/signing/authority-forms.tsx'
import { EarlierAuthorities } from '#app/components/signing/earlier-authorities.tsx'
import { RevokedSignatures } from '#app/components/signing/revoked-signatures.tsx'
import { SigningExplained } from '#app/components/signing/signing-explained.tsx'
import { acting } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import {
  giveUpAuthority,
  listSigningAuthorities,
  rotateAuthority,
} from '#app/services/authority-care.server.ts'
import { GiveUpInput, RotateInput } from '#app/services/authority-input.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  return { ...(await listSigningAuthorities(member)), isOwner: member.role === 'owner' }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const values = formValues(await readForm(request))
  const { intent } = values
  if (intent === 'give-up') {
    const parsed = parseWith(GiveUpInput, values)
    if (!parsed.ok) return data({ intent, fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      await giveUpAuthority(member, parsed.input)
      return { outcome: 'given-up' as const }
    })
  }
  const parsed = parseWith(RotateInput, values)
  if (!parsed.ok) return data({ intent, fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await rotateAuthority(member, parsed.input)
    return { outcome: 'replaced' as const }
  })
}

const DONE = {
  replaced: {
    title: 'A new authority is in use',
    next: 'Hand out its certificate. What was signed before stays valid under the old one.',
  },
  'given-up': {
    title: 'The authority was given up',
    next: 'Tell everybody who holds its reports, hand out the certificate in use and the revocation list, and have reports without a timestamp signed anew.',
  },
}

export const meta: MetaFunction = () => [{ title: pageTitle('Signing authority') }]

export default function SigningKeysPage() {
  const { authorities, revoked, isOwner } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const inUse = authorities.find(({ retiredAt }) => retiredAt === null)
  const earlier = authorities.filter(({ retiredAt }) => retiredAt !== null)
  const failed = reply && 'fieldErrors' in reply ? reply : null
  return (
    <>
      <PageHeader
        title="Signing authority"
        breadcrumb={[{ label: 'Account', href: '/account' }]}
        lead="What your reports, checkpoints and claim packs are signed with. Give its certificate to whoever relies on your reports, by another way than the reports themselves."
      />
      {reply && 'refusal' in reply ? (
        <Notice kind="danger" announce>
          {reply.refusal.message}
        </Notice>
      ) : null}
      {reply && 'outcome' in reply ? (
        <Notice kind="success" title={DONE[reply.outcome].title} announce>
          {DONE[reply.outcome].next}
        </Notice>
      ) : null}
      {inUse ? (
        <PageSection title="In use">
          <AuthorityFacts authority={inUse} />
        </PageSection>
      ) : (
        <Notice kind="info" title="There is no signing authority yet">
          It is made with the first report, checkpoint or claim pack that is signed.
        </Notice>
      )}
      <SigningExplained />
      {earlier.length > 0 ? (
        <PageSection
          title="Earlier authorities"
          lead="Keep their certificates at hand: reports from their time are verified with them."
        >
          <EarlierAuthorities authorities={earlier} />
        </PageSection>
      ) : null}
      <PageSection title="Revoked signatures">
        <RevokedSignatures revoked={revoked} />
      </PageSection>
      {isOwner && inUse ? (
        <div className="mt-12 flex max-w-measure flex-col gap-4 border-hairline border-t pt-4">
          <RotateForm key={inUse.id} errors={failed?.intent === 'rotate' ? failed.fieldErrors : {}} />
          <GiveUpForm
            key={`${inUse.id} given up`}
            authorities={authorities.filter(({ compromisedSince }) => compromisedSince === null)}
            errors={failed?.intent === 'give-up' ? failed.fieldErrors : {}}
          />
        </div>
      ) : null}
    </>
  )
}
