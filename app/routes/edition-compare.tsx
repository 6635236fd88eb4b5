import { type LoaderFunctionArgs, type MetaFunction, redirect } from '@remix-run/node'
import { Form, useLoaderData } from '@remix-run/react'
import { Button } from '#app/components/button.tsx'
import { BeforeAfter, CHANGE_WORDS, DifferenceList } from '#app/components/edition/difference-list.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SelectField } from '#app/components/text-field.tsx'
import { pickParam } from '#app/http/edition-params.server.ts'
import { answering } from '#app/http/faults.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getEditionPair } from '#app/services/definitions.server.ts'
import { listAllEditions } from '#app/services/editions.server.ts'
import { compareEditions } from '#questionnaires/compare-editions.ts'
import type { ChangeKind } from '#questionnaires/edition-change.ts'
import { chainBetween } from '#questionnaires/editions.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const search = new URL(request.url).searchParams
  const [olderName, newerName] = [search.get('older'), search.get('newer')]
  // Each edition there leads to what changed in it.
  if (!olderName || !newerName) throw redirect('/questionnaires')
  const pair = await answering(() => getEditionPair(member, pickParam(olderName), pickParam(newerName)))
  const older = pair.older.edition
  const newer = pair.newer.edition
  const listed = await listAllEditions(member)
  return {
    older,
    newer,
    difference: compareEditions(
      older,
      newer,
      chainBetween(
        listed.map(({ edition }) => edition),
        older,
        newer,
      ),
    ),
    choices: listed.map(({ edition }) => ({
      value: `${edition.form.code}/${edition.edition}`,
      label: `${edition.form.title}, edition ${edition.edition}`,
    })),
  }
}

export const meta: MetaFunction = () => [{ title: pageTitle('What changed between editions') }]

export default function ComparePage() {
  const { older, newer, difference, choices } = useLoaderData<typeof loader>()
  const counts = countKinds(difference.changes.map(({ kind }) => kind))
  return (
    <>
      <PageHeader
        title={`${newer.form.title}: edition ${older.edition} to ${newer.edition}`}
        breadcrumb={[{ label: 'Questionnaires', href: '/questionnaires' }]}
        lead="Each change with its words before and now, and what becomes of an answer that was given to the older edition."
      />
      <Form method="get" className="flex flex-wrap items-end gap-4">
        <SelectField
          name="older"
          label="Older edition"
          options={choices}
          defaultValue={`${older.form.code}/${older.edition}`}
          key={`older ${older.form.code} ${older.edition}`}
        />
        <SelectField
          name="newer"
          label="Newer edition"
          options={choices}
          defaultValue={`${newer.form.code}/${newer.edition}`}
          key={`newer ${newer.form.code} ${newer.edition}`}
        />
        <Button type="submit">Compare</Button>
      </Form>
      {difference.formChanges.length > 0 ? (
        <PageSection title="The form as a whole">
          <ul className="space-y-4">
            {difference.formChanges.map((change) => (
              <li key={change.sentence}>
                <p className="max-w-measure">{change.sentence}</p>
                <BeforeAfter change={change} />
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
      <PageSection title="Questions">
        {difference.changes.length === 0 ? (
          <Notice kind="success" title="No question differs" />
        ) : (
          <>
            <p className="mb-4 max-w-measure text-ink-soft">
              {counts.map(([kind, count]) => `${CHANGE_WORDS[kind]}: ${count}`).join('; ')}
            </p>
            <DifferenceList difference={difference} older={older} newer={newer} />
          </>
        )}
      </PageSection>
    </>
  )
}

function countKinds(kinds: readonly ChangeKind[]): [ChangeKind, number][] {
  const counts = new Map<ChangeKind, number>()
  for (const kind of kinds) counts.set(kind, (counts.get(kind) ?? 0) + 1)
  return [...counts].sort(([, a], [, b]) => b - a)
}
