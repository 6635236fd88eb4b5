import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { z } from 'zod'
import { Button } from '#app/components/button.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listStartableEditions, startApplication } from '#app/services/applications.server.ts'
import { getClient } from '#app/services/clients.server.ts'

const Pick = z.object({
  formCode: z.string().min(1).max(80),
  edition: z.string().min(1).max(20),
  coverages: z.array(z.string().max(80)).max(40).optional(),
  renewal: z.enum(['yes', 'no']).optional(),
})

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const client = await answering(() => getClient(member, clientId))
  return {
    client: { id: client.id, legalName: client.legalName },
    editions: await listStartableEditions(member, clientId),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const parsed = parseWith(Pick, formValues(await readForm(request)))
  if (!parsed.ok)
    return data({ refusal: { code: 'edition', message: 'Choose an edition.' } }, { status: 400 })
  return acting(async () =>
    redirect(`/applications/${await startApplication(member, clientId, parsed.input)}`),
  )
}

export const meta: MetaFunction = () => [{ title: pageTitle('Start an application') }]

export default function NewApplicationPage() {
  const { client, editions } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const navigation = useNavigation()
  return (
    <>
      <PageHeader
        title="Start an application"
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
        ]}
        lead="An application stays with the edition it was started on, whatever the insurer publishes later."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      <ul className="border-rule border-t">
        {editions.map((edition) => (
          <li
            key={edition.sha256}
            className="flex flex-wrap items-start justify-between gap-x-8 gap-y-4 border-hairline border-b py-5"
          >
            <div className="min-w-0 max-w-measure">
              <h2 className="font-semibold text-lead">{edition.title}</h2>
              <p className="mt-0.5 text-caption text-ink-soft">
                {edition.issuer}, edition {edition.edition}, published <Time at={edition.publishedOn} />,{' '}
                {edition.questionCount} questions
                {edition.origin === 'own' ? ', published by your organisation' : ''}
              </p>
              <p className="mt-2 text-ink-soft">{edition.summary}</p>
              {edition.countsFrom ? (
                <p className="mt-2 text-warn">
                  The insurer takes this edition from <Time at={edition.countsFrom} /> on. For cover that
                  begins earlier, start the edition before it.
                </p>
              ) : null}
              {edition.unfit ? (
                <p className="mt-2 text-warn">
                  <strong className="font-medium">May not fit this client:</strong> {edition.unfit}
                </p>
              ) : null}
            </div>
            <Form method="post" className="shrink-0 space-y-3">
              {edition.coverages.length > 0 ? (
                <fieldset>
                  <legend className="text-caption text-ink-soft">
                    Cover asked for<span className="sr-only"> in {edition.title}</span>
                  </legend>
                  {edition.coverages.map(({ id, label }) => (
                    <label key={id} className="mt-1 flex min-h-8 items-center gap-2.5">
                      <input type="checkbox" name="coverages[]" value={id} className="size-4" />
                      {label}
                    </label>
                  ))}
                </fieldset>
              ) : null}
              {edition.kind === 'renewal' ? <input type="hidden" name="renewal" value="yes" /> : null}
              <input type="hidden" name="formCode" value={edition.formCode} />
              <input type="hidden" name="edition" value={edition.edition} />
              <Button
                type="submit"
                variant="primary"
                loading={navigation.state !== 'idle'}
                loadingLabel="Starting"
              >
                Start
                <span className="sr-only">
                  {' '}
                  {edition.title}, edition {edition.edition}
                </span>
              </Button>
            </Form>
          </li>
        ))}
      </ul>
    </>
  )
}
