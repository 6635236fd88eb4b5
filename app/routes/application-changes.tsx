/** “Anything changed?”: what an insurer is told who asks, printable, without a signature. */
import type { LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { useLoaderData } from '@remix-run/react'
import { Download } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ComparedAnswers } from '#app/components/reattestation/compared-answers.tsx'
import { SinceThen } from '#app/components/reattestation/since-then.tsx'
import { InLanguage } from '#app/components/report/report-language.tsx'
import { answering } from '#app/http/faults.server.ts'
import { idParam } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import { getChanges } from '#app/services/reattestation-pages.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { client, ...page } = await answering(() => getChanges(member, idParam(params.applicationId)))
  return { ...page, client: { id: client.id, legalName: client.legalName } }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(reattestWords(page?.language).say('delta.title'), page?.client.legalName ?? '') },
]

export default function ApplicationChangesPage() {
  const page = useLoaderData<typeof loader>()
  const { say, date } = reattestWords(page.language)
  const changed = page.answers.filter(({ mark }) => mark !== 'unchanged')
  const day = date(new Date(page.signedOn).toISOString())
  return (
    <InLanguage language={page.language}>
      <PageHeader
        title={say('delta.document', { day })}
        breadcrumb={[
          { label: page.client.legalName, href: `/clients/${page.client.id}` },
          { label: 'Re-attestation', href: `/clients/${page.client.id}/re-attestation` },
        ]}
        meta={
          <span>
            {page.client.legalName}, {page.form.title}, {page.form.edition}
          </span>
        }
        lead={say('delta.lead', { today: date(page.today), day })}
        actions={
          <ButtonLink
            icon={Download}
            to={`/applications/${page.applicationId}/changes/export`}
            reloadDocument
          >
            CSV
          </ButtonLink>
        }
      />
      <PageSection title={say('delta.title')}>
        <ComparedAnswers caption={say('delta.title')} rows={changed} language={page.language} />
      </PageSection>
      <SinceThen {...page} />
    </InLanguage>
  )
}
