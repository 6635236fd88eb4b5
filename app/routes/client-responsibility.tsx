import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { useActionData, useLoaderData } from '@remix-run/react'
import { ClipboardList } from 'lucide-react'
import { ButtonLink } from '#app/components/button.tsx'
import { countOf } from '#app/components/counts.ts'
import { DownloadLink } from '#app/components/download-link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { ResponsibilityList } from '#app/components/responsibility/responsibility-list.tsx'
import { typedRow } from '#app/components/responsibility/row-reply.ts'
import { Stat, StatRow } from '#app/components/stat.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getResponsibilityMatrix, recordResponsibility } from '#app/services/responsibility.server.ts'
import { responsibilityInput } from '#app/services/responsibility-input.ts'
import { describeParty } from '#app/services/responsibility-matrix.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const { client, rows } = await answering(() => getResponsibilityMatrix(member, clientId))
  return { clientId, rows, isArchived: client.archivedAt !== null }
}

const today = () => new Date().toISOString().slice(0, 10)

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const values = formValues(await readForm(request))
  const controlId = String(values.controlId ?? '')
  const parsed = parseWith(responsibilityInput(today), values)
  const typed = typedRow(values)
  if (!parsed.ok) return data({ controlId, fieldErrors: parsed.fieldErrors, typed }, { status: 400 })
  return acting(async () => {
    const saved = await recordResponsibility(member, clientId, parsed.input)
    if (saved.outcome !== 'conflict') return { controlId, outcome: saved.outcome }
    const { version, shown } = saved.current
    const conflict = { version, shown: describeParty(shown), by: shown.recordedByName }
    return data({ controlId, conflict, typed }, { status: 409 })
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Responsibility') }]

export default function ClientResponsibilityPage() {
  const { clientId, rows, isArchived } = useLoaderData<typeof loader>()
  const posted = useActionData<typeof action>()
  const here = `/clients/${clientId}/responsibility`
  const inPlace = (place: (typeof rows)[number]['place']) => rows.filter((row) => row.place === place)
  const [askedGaps, gaps, agreed] = [inPlace('asked-gap'), inPlace('gap'), inPlace('agreed')]
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <p className="max-w-measure text-ink-soft">
          Who answers for each control: you, the client, a third party, or nobody. After an incident this is
          what was agreed; before one, it shows what everybody took for somebody else’s work.
        </p>
        <div className="flex flex-wrap gap-2.5 no-print">
          {isArchived ? null : (
            <ButtonLink icon={ClipboardList} to={`${here}/fill`}>
              Fill from the template
            </ButtonLink>
          )}
          <DownloadLink href={`${here}/file`}>Download as PDF</DownloadLink>
          <DownloadLink href={`${here}/export`}>Export as CSV</DownloadLink>
        </div>
      </div>
      {posted && 'refusal' in posted ? (
        <Notice kind="danger" announce title={posted.refusal.message} />
      ) : null}
      <div className="mt-6">
        <StatRow>
          <Stat
            label="Asked for, nobody responsible"
            value={askedGaps.length}
            detail="An application asks about them"
            tone={askedGaps.length > 0 ? 'bad' : 'ok'}
          />
          <Stat
            label="Other controls without one responsible"
            value={gaps.length}
            tone={gaps.length > 0 ? 'warn' : 'ok'}
          />
          <Stat label="Agreed" value={agreed.length} detail={`of ${countOf(rows.length, 'control')}`} />
        </StatRow>
      </div>
      <ResponsibilityList
        key={clientId}
        posted={posted}
        isReadOnly={isArchived}
        groups={[
          {
            title: 'Asked for, and nobody is responsible',
            lead: 'The client’s applications ask about these controls. Agree on who answers for each, and record it.',
            rows: askedGaps,
          },
          {
            title: 'Nobody is responsible',
            lead: 'Not agreed yet, or agreed to be nobody’s. No application asks about them so far.',
            rows: gaps,
          },
          { title: 'Agreed', rows: agreed },
        ]}
      />
    </>
  )
}
