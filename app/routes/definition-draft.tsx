import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { editionHref } from '#app/components/edition/addresses.ts'
import { DraftEditor } from '#app/components/edition/draft-editor.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { DraftInput } from '#app/services/definition-input.ts'
import {
  discardDefinitionDraft,
  getDefinitionDraft,
  publishDefinitionDraft,
  saveDefinitionDraft,
} from '#app/services/definitions.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { draft, checked } = await answering(() => getDefinitionDraft(member, idParam(params.draftId)))
  const { id, name, source, version, changedAt, changedByName } = draft
  return {
    draft: { id, name, source, version, changedAt, changedByName },
    problems: checked.ok ? [] : checked.problems,
    edition: checked.ok ? checked.edition : null,
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const draftId = idParam(params.draftId)
  const parsed = parseWith(DraftInput, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  const { intent, name, text, seenVersion } = parsed.input
  return acting(async () => {
    if (intent === 'discard') {
      await discardDefinitionDraft(member, draftId)
      return redirect('/questionnaires')
    }
    if (!(await saveDefinitionDraft(member, { draftId, seenVersion, name, text }))) {
      return data(
        {
          refusal: {
            code: 'draft-changed',
            message:
              'Somebody else saved this draft in the meantime. Copy your text, reload the page and put it in again.',
          },
        },
        { status: 409 },
      )
    }
    if (intent === 'save') return { outcome: 'saved' as const }
    const published = await publishDefinitionDraft(member, draftId, seenVersion + 1)
    return published.outcome === 'published'
      ? redirect(editionHref(published))
      : { outcome: 'saved' as const }
  })
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: pageTitle(data ? `Draft: ${data.draft.name}` : 'Draft') },
]

export default function DefinitionDraftPage() {
  const page = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  return (
    <>
      <PageHeader
        title={page.draft.name}
        breadcrumb={[{ label: 'Questionnaires', href: '/questionnaires' }]}
        lead="Correct the definition until no problem is left, try it as the applicant, then publish it. A published edition never changes."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      <DraftEditor
        key={page.draft.id}
        draft={page.draft}
        problems={page.problems}
        edition={page.edition}
        fieldErrors={result && 'fieldErrors' in result ? result.fieldErrors : {}}
      />
    </>
  )
}
