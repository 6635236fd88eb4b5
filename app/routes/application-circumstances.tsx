import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Button } from '#app/components/button.tsx'
import { ConfirmDialog } from '#app/components/confirm-dialog.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SelectField, TextField } from '#app/components/text-field.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { proposeAgain } from '#app/services/answer-bank.server.ts'
import { changeCircumstances, discardApplication, getApplication } from '#app/services/applications.server.ts'
import { CircumstanceInput } from '#app/services/circumstance-input.ts'
import { describeFactValue } from '#app/services/circumstances.ts'
import { circumstancesAskedBy } from '#questionnaires/branching.ts'
import { BUSINESS_CLASSES } from '#questionnaires/circumstances.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const { application, client, edition, circumstances } = await answering(() =>
    getApplication(member, idParam(params.applicationId)),
  )
  const asked = circumstancesAskedBy(edition)
  return {
    application: { id: application.id, state: application.state, isMoved: application.movedFrom !== null },
    client: { id: client.id, currency: client.currency },
    coverages: edition.coverages,
    circumstances,
    asked: asked.names,
    findings: asked.facts.map((key) => ({ key, shown: describeFactValue(key, circumstances.facts?.[key]) })),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const applicationId = idParam(params.applicationId)
  const values = formValues(await readForm(request))
  if (values.intent === 'discard') {
    return acting(async () => {
      const { client } = await getApplication(member, applicationId)
      await discardApplication(member, applicationId)
      return redirect(`/clients/${client.id}`)
    })
  }
  if (values.intent === 'propose') {
    return acting(async () => ({
      outcome: 'proposed' as const,
      made: await proposeAgain(member, applicationId),
    }))
  }
  const parsed = parseWith(CircumstanceInput, values)
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    await changeCircumstances(member, applicationId, parsed.input)
    return { outcome: 'saved' as const }
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Circumstances') }]

export default function CircumstancesPage() {
  const { application, client, coverages, circumstances, asked, findings } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const navigation = useNavigation()
  const errors: Record<string, string> = result && 'fieldErrors' in result ? result.fieldErrors : {}
  const isFrozen = application.state === 'frozen'
  const hint = (name: (typeof asked)[number]) =>
    asked.includes(name) ? 'This form asks more or less depending on it.' : undefined
  return (
    <>
      {result && 'outcome' in result ? (
        <Notice kind="success" announce>
          {result.outcome === 'saved' ? 'Saved. The questions follow.' : foundInWords(result.made)}
        </Notice>
      ) : null}
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      <PageSection
        title="What this application is about"
        lead="Forms ask more of larger companies, of some trades, and of whoever wants more cover. What is not known here leaves such questions open."
      >
        {isFrozen ? (
          <Notice kind="info" title="Closed by signature">
            These are the circumstances on the day of the first signature.
          </Notice>
        ) : null}
        <Form method="post" className="mt-4 grid max-w-measure gap-5">
          <input type="hidden" name="intent" value="save" />
          <div className="flex flex-wrap gap-4">
            <TextField
              name="revenue"
              label="Annual revenue"
              inputMode="decimal"
              optional
              hint={hint('revenue')}
              disabled={isFrozen}
              defaultValue={circumstances.revenue ? String(circumstances.revenue.amountMinor / 100) : ''}
              error={errors.revenue}
            />
            <TextField
              name="currency"
              label="Currency"
              disabled={isFrozen}
              defaultValue={circumstances.revenue?.currency ?? client.currency}
              error={errors.currency}
            />
          </div>
          <TextField
            name="headcount"
            label="People"
            inputMode="numeric"
            optional
            hint={hint('headcount')}
            disabled={isFrozen}
            defaultValue={circumstances.headcount === undefined ? '' : String(circumstances.headcount)}
            error={errors.headcount}
          />
          <SelectField
            name="class"
            label="Class of business"
            optional
            hint={hint('class')}
            disabled={isFrozen}
            placeholder="Not known"
            defaultValue={circumstances.class ?? ''}
            options={BUSINESS_CLASSES.map(({ id, label }) => ({ value: id, label }))}
            error={errors.class}
          />
          <SelectField
            name="renewal"
            label="Renewal of a policy with this insurer"
            optional
            hint={hint('renewal')}
            disabled={isFrozen}
            placeholder="Not known"
            defaultValue={circumstances.renewal ?? ''}
            options={[
              { value: 'yes', label: 'Yes, a renewal' },
              { value: 'no', label: 'No, new business' },
            ]}
            error={errors.renewal}
          />
          {coverages.length > 0 ? (
            <fieldset disabled={isFrozen}>
              <legend className="font-medium">Cover asked for</legend>
              {coverages.map(({ id, label }) => (
                <label key={id} className="mt-1.5 flex min-h-8 items-center gap-2.5">
                  <input
                    type="checkbox"
                    name="coverages[]"
                    value={id}
                    className="size-4"
                    defaultChecked={circumstances.coverages?.includes(id)}
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          ) : null}
          {isFrozen ? null : (
            <div>
              <Button
                type="submit"
                variant="primary"
                loading={navigation.state !== 'idle'}
                loadingLabel="Saving"
              >
                Save
              </Button>
            </div>
          )}
        </Form>
      </PageSection>
      {findings.length > 0 ? (
        <PageSection
          title="What scans decide"
          lead="Some questions are asked only because of a finding. These are read from the evidence and cannot be typed in."
        >
          <ul className="list-disc ps-5">
            {findings.map(({ key, shown }) => (
              <li key={key}>{shown}</li>
            ))}
          </ul>
        </PageSection>
      ) : null}
      {isFrozen ? null : (
        <PageSection title="Answers from elsewhere">
          <p className="mb-3 max-w-measure text-ink-soft">
            When this application was started, its open questions got proposals from the client’s other forms
            and from scans. Look again when more was answered or read since; you confirm each one.
          </p>
          <Form method="post">
            <Button
              type="submit"
              name="intent"
              value="propose"
              loading={navigation.formData?.get('intent') === 'propose'}
              loadingLabel="Looking"
            >
              Look for proposals again
            </Button>
          </Form>
        </PageSection>
      )}
      {isFrozen ? null : (
        <PageSection title="Throw this draft away">
          <p className="mb-3 max-w-measure text-ink-soft">
            The draft is shown nowhere any more; the ledger keeps that it existed. Whatever it was begun from
            stays.
          </p>
          <DiscardForm isMoved={application.isMoved} />
        </PageSection>
      )}
    </>
  )
}

function foundInWords(made: number): string {
  if (made === 0) return 'Nothing new was found for the open questions.'
  return made === 1 ? 'One more question has a proposal now.' : `${made} more questions have a proposal now.`
}

function DiscardForm({ isMoved }: { isMoved: boolean }) {
  return (
    <Form method="post" id="discard">
      <input type="hidden" name="intent" value="discard" />
      <ConfirmDialog
        trigger={<Button>Throw away</Button>}
        title="Throw this draft away?"
        confirmLabel="Throw away"
        danger
        onConfirm={() => {
          const form = document.getElementById('discard')
          if (form instanceof HTMLFormElement) form.requestSubmit()
        }}
      >
        Its answers are no longer shown or counted, and the draft cannot be brought back.
        {isMoved
          ? ' The application that it was begun from stays as it is and can be moved or renewed again.'
          : null}
      </ConfirmDialog>
    </Form>
  )
}
