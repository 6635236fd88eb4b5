import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { z } from 'zod'
import { describeDevice } from '#app/components/account/device-words.ts'
import { Button } from '#app/components/button.tsx'
import { DataTable } from '#app/components/data-table.tsx'
import { DefinitionList } from '#app/components/definition-list.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { SecondFactorSection } from '#app/components/second-factor/second-factor-section.tsx'
import { StatusBadge } from '#app/components/status-badge.tsx'
import { Time } from '#app/components/time.tsx'
import { unknownAct } from '#app/http/error-reply.ts'
import { acting } from '#app/http/faults.server.ts'
import { formValues, parseWith, readForm } from '#app/http/input.server.ts'
import { requireSession } from '#app/http/member.server.ts'
import { endSession, listSessions } from '#app/services/accounts.server.ts'
import { demandSecondFactor, releaseSecondFactor } from '#app/services/second-factor-demand.server.ts'
import { listSecondFactors } from '#app/services/second-factors.server.ts'
import { closeSession } from '#app/services/sessions.server.ts'

export async function loader({ request }: LoaderFunctionArgs) {
  const { member, sessionId, demand } = await requireSession(request)
  const { name, email, role, organisationName, organisationKind, organisationIsDemo } = member
  const [sessions, { factors, recoveryCodesLeft }] = await Promise.all([
    listSessions(member),
    listSecondFactors(member),
  ])
  return {
    member: { name, email, role, organisationName, organisationKind },
    secondFactors: { factors, recoveryCodesLeft, demand, isDemo: organisationIsDemo },
    sessions: sessions.map(({ id, userAgent, address, createdAt, lastSeenAt }) => ({
      id,
      isCurrent: id === sessionId,
      device: describeDevice(userAgent),
      address,
      createdAt,
      lastSeenAt,
    })),
  }
}

const EndSession = z.object({ sessionId: z.string().regex(/^[0-9a-f]{64}$/) })

export async function action({ request }: ActionFunctionArgs) {
  const { member, sessionId } = await requireSession(request)
  const values = formValues(await readForm(request))
  if (values.intent === 'demand' || values.intent === 'release') {
    const isDemanded = values.intent === 'demand'
    return acting(async () => {
      await (isDemanded ? demandSecondFactor(member) : releaseSecondFactor(member))
      return data({ outcome: isDemanded ? ('demanded' as const) : ('released' as const) })
    })
  }
  const parsed = parseWith(EndSession, values)
  if (!parsed.ok) throw unknownAct()
  if (parsed.input.sessionId === sessionId) {
    return redirect('/', { headers: { 'Set-Cookie': await closeSession(request.headers.get('cookie')) } })
  }
  // Somebody else's session and one that is over look the same from here.
  const isEnded = await endSession(member, parsed.input.sessionId)
  return data(
    { outcome: isEnded ? ('ended' as const) : ('not-found' as const) },
    { status: isEnded ? 200 : 404 },
  )
}

export const meta: MetaFunction = () => [{ title: pageTitle('Account') }]

const kinds = { msp: 'MSP', assessor: 'assessment firm', insurer: 'insurer' } as const
const roles = { owner: 'Owner', technician: 'Technician' } as const

export default function AccountPage() {
  const { member, secondFactors, sessions } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const outcome = result && 'outcome' in result ? result.outcome : null
  const ending = useNavigation().formData?.get('sessionId')
  return (
    <>
      <PageHeader title="Account" />
      <div className="max-w-measure">
        <DefinitionList
          items={[
            { term: 'Name', value: member.name },
            { term: 'E-mail', value: <span className="break-all">{member.email}</span> },
            { term: 'Organisation', value: `${member.organisationName}, ${kinds[member.organisationKind]}` },
            { term: 'Role', value: roles[member.role] },
          ]}
        />
      </div>
      {member.organisationKind === 'msp' ? (
        <PreparersLinks mayTellPrograms={member.role === 'owner' && !secondFactors.isDemo} />
      ) : null}
      <SecondFactorSection
        {...secondFactors}
        organisationName={member.organisationName}
        isOwner={member.role === 'owner'}
        refusal={result && 'refusal' in result ? result.refusal.message : null}
        changed={outcome === 'demanded' || outcome === 'released' ? outcome : null}
      />
      <PageSection
        title="Where you are signed in"
        lead="End what you don’t recognise. A session ends by itself after 30 days without use."
      >
        {outcome === 'ended' || outcome === 'not-found' ? (
          <div className="mb-4">
            {outcome === 'ended' ? (
              <Notice kind="success" announce>
                The session was ended. That device has to sign in again.
              </Notice>
            ) : (
              <Notice kind="info" announce>
                That session had ended already.
              </Notice>
            )}
          </div>
        ) : null}
        <DataTable
          caption="Sessions"
          rows={sessions}
          rowKey={(row) => row.id}
          empty={null}
          columns={[
            {
              id: 'device',
              header: 'Device',
              isRowHeader: true,
              cell: (row) => (
                <span className="inline-flex flex-wrap items-baseline gap-x-3">
                  {row.device}
                  {row.isCurrent ? <StatusBadge word="This session" tone="ok" /> : null}
                </span>
              ),
            },
            {
              id: 'address',
              header: 'Address',
              cell: (row) => (
                <span className="break-all font-mono text-micro">{row.address || 'unknown'}</span>
              ),
            },
            { id: 'created', header: 'Signed in', cell: (row) => <Time at={row.createdAt} show="moment" /> },
            { id: 'seen', header: 'Last seen', cell: (row) => <Time at={row.lastSeenAt} show="moment" /> },
            {
              id: 'end',
              header: 'Action',
              cell: (row) => (
                <Form method="post">
                  <input type="hidden" name="sessionId" value={row.id} />
                  <Button type="submit" size="small" loading={ending === row.id} loadingLabel="Ending">
                    {row.isCurrent ? 'Sign out' : 'End session'}
                    {row.isCurrent ? null : <span className="sr-only">, {row.device}</span>}
                  </Button>
                </Form>
              ),
            },
          ]}
        />
      </PageSection>
    </>
  )
}

const LINKS = [
  ['/report-look', 'How reports look: logo and colour'],
  ['/signing-keys', 'What reports are signed with: the signing authority'],
  ['/responsibility-template', 'What you take on in general: the template of responsibilities'],
  ['/waiver-templates', 'What waivers of declined services start from: their templates'],
  ['/schedules', 'What recurs for all clients: schedules'],
  ['/account/reminders', 'How you are reminded: mails, quiet hours and time zone'],
] as const
const OWNERS_LINKS = [['/webhooks', 'What other programs are told: webhooks for tickets']] as const

function PreparersLinks({ mayTellPrograms }: { mayTellPrograms: boolean }) {
  return (
    <ul className="mt-4 flex flex-col gap-2">
      {[...LINKS, ...(mayTellPrograms ? OWNERS_LINKS : [])].map(([to, label]) => (
        <li key={to}>
          <Link className="text-link" to={to}>
            {label}
          </Link>
        </li>
      ))}
    </ul>
  )
}
