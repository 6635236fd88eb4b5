import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { GitCompareArrows, Scale } from 'lucide-react'
import { z } from 'zod'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { CopyableHash } from '#app/components/copyable-hash.tsx'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { compareHref, editionHref } from '#app/components/edition/addresses.ts'
import { EditionStateBadge } from '#app/components/edition/edition-state-badge.tsx'
import { QuestionOutline } from '#app/components/edition/question-outline.tsx'
import { RetireDialog } from '#app/components/edition/retire-dialog.tsx'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { editionParam } from '#app/http/edition-params.server.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { RetireInput } from '#app/services/definition-input.ts'
import { draftFromEdition, reinstateEdition, retireEdition } from '#app/services/definitions.server.ts'
import { getListedEdition } from '#app/services/editions.server.ts'
import { listQuestions } from '#questionnaires/definition.ts'
import { compareEditionNumbers } from '#questionnaires/editions.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { found, ofForm } = await answering(() => getListedEdition(member, editionParam(params)))
  return {
    ...found,
    others: ofForm
      .filter(({ edition }) => edition.edition !== found.edition.edition)
      .map(({ edition, state }) => ({ formCode: edition.form.code, edition: edition.edition, state })),
  }
}

const Intent = z.discriminatedUnion('intent', [
  RetireInput,
  z.object({ intent: z.literal('reinstate') }),
  z.object({ intent: z.literal('next-edition') }),
])

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const pick = editionParam(params)
  const parsed = parseWith(Intent, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  const { input } = parsed
  return acting(async () => {
    if (input.intent === 'next-edition') {
      return redirect(`/questionnaires/drafts/${await draftFromEdition(member, pick)}`)
    }
    if (input.intent === 'retire') await retireEdition(member, pick, input.reason)
    else await reinstateEdition(member, pick)
    return { outcome: input.intent }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  {
    title: pageTitle(page ? `${page.edition.form.title}, edition ${page.edition.edition}` : 'Questionnaire'),
  },
]

export default function EditionPage() {
  const { edition, sha256, state, origin, retired, others } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const navigation = useNavigation()
  const pick = { formCode: edition.form.code, edition: edition.edition }
  const file = `${editionHref(pick)}/file`
  const isBusy = navigation.state !== 'idle'
  return (
    <>
      <PageHeader
        title={`${edition.form.title}, edition ${edition.edition}`}
        breadcrumb={[{ label: 'Questionnaires', href: '/questionnaires' }]}
        meta={
          <>
            <EditionStateBadge state={state} />
            <span>{edition.form.issuer}</span>
            <span>
              Published <Time at={edition.publishedOn} />
            </span>
          </>
        }
        lead={edition.summary}
        actions={
          <ButtonLink variant="primary" icon={Scale} to={`${editionHref(pick)}/what-if`}>
            Who would fall short
          </ButtonLink>
        }
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      {retired ? (
        <Notice
          kind="warning"
          title="Retired: nothing new is started on it"
          action={
            <Form method="post">
              <Button type="submit" name="intent" value="reinstate" size="small" loading={isBusy}>
                Reinstate
              </Button>
            </Form>
          }
        >
          {retired.byName}, <Time at={retired.at} />: {retired.reason}
        </Notice>
      ) : null}

      <div className="grid gap-x-12 gap-y-8 min-[80rem]:grid-cols-[minmax(0,1fr)_minmax(0,22rem)]">
        <div className="min-w-0">
          <PageSection
            title="Questions"
            actions={<ButtonLink to={`${editionHref(pick)}/preview`}>Try it as the applicant</ButtonLink>}
          >
            <QuestionOutline edition={edition} />
          </PageSection>
        </div>
        <aside aria-label="About this edition" className="min-w-0">
          <PageSection title="About this edition">
            <DefinitionList
              items={[
                { term: 'Form code', value: edition.form.code },
                {
                  term: 'Written by',
                  value: origin === 'built-in' ? 'Built-in library' : 'Your organisation',
                },
                { term: 'Questions', value: listQuestions(edition).length },
                {
                  term: 'Counts from',
                  value: <Time at={edition.effectiveOn ?? edition.publishedOn} />,
                },
                {
                  term: 'May sign',
                  value: edition.declaration.signerRoles.map(({ label }) => label).join('; '),
                },
                {
                  term: 'Signature at most',
                  value: `${edition.declaration.maximumAgeDays} days old when cover begins`,
                },
                {
                  term: 'Left blank means',
                  value: edition.blankMeans === 'no' ? '“No”' : 'Not answered',
                },
                { term: 'Content hash', value: <CopyableHash label="Hash of this edition" value={sha256} /> },
              ]}
            />
            {others.length > 0 ? (
              <>
                <h3 className="mt-6 font-semibold">Other editions</h3>
                <ul className="mt-2 space-y-2">
                  {others.map((other) => (
                    <li key={other.edition} className="flex flex-wrap items-center gap-x-4 gap-y-1">
                      <TextLink to={editionHref(other)}>Edition {other.edition}</TextLink>
                      <ButtonLink
                        size="small"
                        icon={GitCompareArrows}
                        to={
                          compareEditionNumbers(other.edition, edition.edition) < 0
                            ? compareHref(other, pick)
                            : compareHref(pick, other)
                        }
                      >
                        What changed
                      </ButtonLink>
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
            <h3 className="mt-6 font-semibold">Take it with you</h3>
            <ul className="mt-2 space-y-1.5">
              <li>
                <a className="text-link" href={file} download>
                  Definition as YAML
                </a>
              </li>
              <li>
                <a className="text-link" href={`${file}?as=xlsx`} download>
                  Definition as a spreadsheet
                </a>
              </li>
            </ul>
            <div className="mt-6 flex flex-wrap gap-2.5">
              <Form method="post">
                <Button type="submit" name="intent" value="next-edition" loading={isBusy}>
                  {origin === 'own' ? 'Write the next edition' : 'Make it your own'}
                </Button>
              </Form>
              {retired ? null : <RetireDialog title={`${edition.form.title}, edition ${edition.edition}`} />}
            </div>
          </PageSection>
        </aside>
      </div>
    </>
  )
}
