import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { Button } from '#app/components/button.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { LookPreview } from '#app/components/report/look-preview.tsx'
import { TextField } from '#app/components/text-field.tsx'
import { acting } from '#app/http/faults.server.ts'
import { refusalOf } from '#app/http/form-upload.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { receiveMultipart } from '#app/http/multipart.server.ts'
import { collectLogo } from '#app/services/report-logo.server.ts'
import {
  getReportLook,
  removeAccent,
  removeLogo,
  setAccent,
  setLogo,
} from '#app/services/report-look.server.ts'
import { ReportColourInput } from '#app/services/report-look-input.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const look = await getReportLook(member)
  return { look, isOwner: member.role === 'owner', organisationName: member.organisationName }
}

const done = { outcome: 'saved' as const }

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  if (request.headers.get('content-type')?.startsWith('multipart/form-data')) {
    try {
      const { stored } = await receiveMultipart(request, collectLogo)
      await setLogo(member, stored)
      return done
    } catch (error) {
      return refusalOf(error)
    }
  }
  const values = formValues(await readForm(request))
  return acting(async () => {
    if (values.intent === 'remove-logo') await removeLogo(member)
    else if (values.intent === 'remove-colour') await removeAccent(member)
    else {
      const parsed = parseWith(ReportColourInput, values)
      if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
      await setAccent(member, parsed.input)
    }
    return done
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('How reports look') }]

export default function ReportLookPage() {
  const { look, isOwner, organisationName } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const isBusy = useNavigation().state !== 'idle'
  const errors: Record<string, string> = result && 'fieldErrors' in result ? result.fieldErrors : {}
  return (
    <>
      <PageHeader
        title="How reports look"
        breadcrumb={[{ label: 'Account', href: '/account' }]}
        lead="Your logo and colour on the first page of readiness reports. A report that was prepared keeps what it was prepared with."
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      {result && 'outcome' in result ? (
        <Notice kind="success" announce>
          Saved. The next report that is prepared will look like this.
        </Notice>
      ) : null}
      <PageSection title="Preview">
        <LookPreview look={look} organisationName={organisationName} />
      </PageSection>
      {isOwner ? (
        <>
          <PageSection
            title="Logo"
            lead="A PNG or JPEG of at most 2 MB. It is drawn on white, at most 600 by 240 pixels."
          >
            <Form method="post" encType="multipart/form-data" className="flex max-w-measure flex-col gap-4">
              <TextField
                id="logo"
                name="logo"
                type="file"
                accept="image/png,image/jpeg"
                label="Picture"
                required
              />
              <Button type="submit" className="self-start" loading={isBusy}>
                Use this logo
              </Button>
            </Form>
            {look.logo ? <Remove intent="remove-logo" label="Remove the logo" /> : null}
          </PageSection>
          <PageSection
            title="Colour"
            lead="For rules and headings. What a status means keeps its own shape and tone."
          >
            <Form method="post" className="flex max-w-measure flex-col gap-4">
              <TextField
                id="accent"
                name="accent"
                label="Colour"
                hint="# and six digits, dark enough to be read on white."
                defaultValue={look.accent ?? ''}
                error={errors.accent}
                autoComplete="off"
              />
              <Button type="submit" className="self-start" loading={isBusy}>
                Use this colour
              </Button>
            </Form>
            {look.accent ? <Remove intent="remove-colour" label="Back to the usual colour" /> : null}
          </PageSection>
        </>
      ) : (
        <Notice kind="info">Only an owner of {organisationName} changes this. Ask one.</Notice>
      )}
    </>
  )
}

function Remove({ intent, label }: { intent: string; label: string }) {
  return (
    <Form method="post" className="mt-3">
      <input type="hidden" name="intent" value={intent} />
      <Button type="submit" variant="quiet">
        {label}
      </Button>
    </Form>
  )
}
