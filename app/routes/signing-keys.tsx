import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { AuthorityFacts } from '#app/components/signing/authority-facts.tsx'
import { GiveUpForm, MakeForm, RotateForm } from '#app/components/signing/authority-forms.tsx'
import { EarlierAuthorities } from '#app/components/signing/earlier-authorities.tsx'
import { OwnCertificateSection } from '#app/components/signing/own-certificate-section.tsx'
import { RevokedSignatures } from '#app/components/signing/revoked-signatures.tsx'
import { SigningExplained } from '#app/components/signing/signing-explained.tsx'
import { acting } from '#app/http/faults.server.ts'
import { refusalOf } from '#app/http/form-upload.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { receiveMultipart } from '#app/http/multipart.server.ts'
import {
  giveUpAuthority,
  listSigningAuthorities,
  makeFirstAuthority,
  rotateAuthority,
} from '#app/services/authority-care.server.ts'
import { GiveUpInput, KeyChoice, RotateInput } from '#app/services/authority-input.ts'
import { RemoveOwnInput, TakeOwnInput } from '#app/services/own-certificate-input.ts'
import {
  collectPkcs12,
  listOwnCertificates,
  removeOwnCertificate,
  takeOwnCertificate,
} from '#app/services/own-certificates.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { organisationId, role } = member
  return {
    ...(await listSigningAuthorities(member)),
    own: await listOwnCertificates(member),
    organisationId,
    isOwner: role === 'owner',
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) return takeOwn(request, member)
  const values = formValues(await readForm(request))
  const { intent } = values
  if (intent === 'remove-own') {
    const parsed = parseWith(RemoveOwnInput, values)
    if (!parsed.ok) return data({ intent, fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      await removeOwnCertificate(member, parsed.input)
      return { outcome: 'own-removed' as const }
    })
  }
  if (intent === 'give-up') {
    const parsed = parseWith(GiveUpInput, values)
    if (!parsed.ok) return data({ intent, fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      await giveUpAuthority(member, parsed.input)
      return { outcome: 'given-up' as const }
    })
  }
  if (intent === 'make') {
    const parsed = parseWith(KeyChoice, values)
    if (!parsed.ok) return data({ intent, fieldErrors: parsed.fieldErrors }, { status: 400 })
    return acting(async () => {
      await makeFirstAuthority(member, parsed.input)
      return { outcome: 'made' as const }
    })
  }
  const parsed = parseWith(RotateInput, values)
  if (!parsed.ok) return data({ intent, fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await rotateAuthority(member, parsed.input)
    return { outcome: 'replaced' as const }
  })
}

/** The one form of the page with a file in it. */
async function takeOwn(request: Request, member: Awaited<ReturnType<typeof requireMember>>) {
  try {
    const { fields, stored } = await receiveMultipart(request, collectPkcs12)
    const parsed = parseWith(TakeOwnInput, fields)
    if (!parsed.ok) return data({ intent: 'take-own', fieldErrors: parsed.fieldErrors }, { status: 400 })
    await takeOwnCertificate(member, stored, parsed.input)
    return { outcome: 'own-taken' as const }
  } catch (error) {
    return refusalOf(error)
  }
}

const DONE = {
  'own-taken': {
    title: 'The certificate is in use',
    next: 'Reports that are prepared from now on carry the technical contributor’s signature with it.',
  },
  'own-removed': {
    title: 'The certificate was removed',
    next: 'Its key is forgotten. Reports from before stay as they are; new ones are certified by your authority.',
  },
  made: {
    title: 'The authority is in use',
    next: 'Hand out its certificate to whoever will rely on your reports.',
  },
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
  const { authorities, revoked, own, organisationId, isOwner } = useLoaderData<typeof loader>()
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
        <>
          <Notice kind="info" title="There is no signing authority yet">
            It is made with the first report, checkpoint or claim pack that is signed.
          </Notice>
          {isOwner ? (
            <MakeForm {...{ organisationId }} errors={failed?.intent === 'make' ? failed.fieldErrors : {}} />
          ) : null}
        </>
      )}
      <OwnCertificateSection certificates={own} isOwner={isOwner} failed={failed} />
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
          <RotateForm
            key={inUse.id}
            organisationId={organisationId}
            errors={failed?.intent === 'rotate' ? failed.fieldErrors : {}}
          />
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
