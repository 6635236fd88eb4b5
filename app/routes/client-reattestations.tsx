/** Which applications in force are re-attested, for which periods, and every re-attestation of the client. */
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
  redirect,
} from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { FileDiff, RotateCw } from 'lucide-react'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { EmptyState } from '#app/components/empty-state.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { PeriodsOfApplication } from '#app/components/reattestation/application-freshness.tsx'
import { periodWords } from '#app/components/reattestation/period-words.ts'
import { PromiseList } from '#app/components/reattestation/promise-list.tsx'
import { ReattestationTable } from '#app/components/reattestation/reattestation-table.tsx'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listPromisesOfClient } from '#app/services/promises.server.ts'
import { StartReattestation } from '#app/services/reattestation-input.ts'
import { listReattestations } from '#app/services/reattestation-list.server.ts'
import { startReattestation } from '#app/services/reattestations.server.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const page = await answering(() => listReattestations(member, clientId))
  const { client, now, inForce, reattestations } = page
  return {
    isArchived: client.archivedAt !== null,
    inForce,
    reattestations,
    promised: await listPromisesOfClient(member, clientId),
    today: now.toISOString().slice(0, 10),
  }
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  idParam(params.clientId)
  const parsed = parseWith(StartReattestation, formValues(await readForm(request)))
  if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
  return acting(async () => {
    const started = await startReattestation(member, parsed.input.applicationId)
    if (started.outcome === 'too-early') return { outcome: 'too-early' as const, next: started.next }
    return redirect(`/reattestations/${started.reattestationId}`)
  })
}

export const meta: MetaFunction = () => [{ title: pageTitle('Re-attestation') }]

export default function ClientReattestationsPage() {
  const { isArchived, inForce, reattestations, promised, today } = useLoaderData<typeof loader>()
  const reply = useActionData<typeof action>()
  const { state, formData } = useNavigation()
  return (
    <>
      {reply && 'refusal' in reply ? (
        <Notice kind="danger" announce>
          {reply.refusal.message}
        </Notice>
      ) : null}
      {reply && 'next' in reply ? (
        <Notice kind="info" announce title="Nothing is due yet">
          The signed application itself answers until then. The re-attestation can begin on{' '}
          <Time at={reply.next} />.
        </Notice>
      ) : null}
      <PageSection
        title="Applications in force"
        lead="An application is signed once and has to stay true. Each quarter, or as often as its schedule says, its answers are compared with the facts of the day, and the officer of the insured says which are still true."
      >
        {inForce.length === 0 ? (
          <EmptyState title="No application in force yet">
            Re-attesting begins once both sides have signed an application: three months later, unless its
            schedule says otherwise.
          </EmptyState>
        ) : null}
        {inForce.map((one) => (
          <section key={one.applicationId} aria-label={one.formTitle} className="mt-5 first:mt-0">
            <PeriodsOfApplication one={one} />
            <div className="no-print mt-4 flex flex-wrap gap-2.5">
              {isArchived || one.nextOn ? null : (
                <Form method="post">
                  <input type="hidden" name="applicationId" value={one.applicationId} />
                  <Button
                    type="submit"
                    icon={RotateCw}
                    variant="primary"
                    loading={state !== 'idle' && formData?.get('applicationId') === one.applicationId}
                    loadingLabel="Comparing"
                  >
                    Re-attest {periodWords(one.months)}
                  </Button>
                </Form>
              )}
              <ButtonLink icon={FileDiff} to={`/applications/${one.applicationId}/changes`}>
                Anything changed?
              </ButtonLink>
            </div>
          </section>
        ))}
      </PageSection>
      {promised.length > 0 ? (
        <PageSection
          title="What was promised"
          lead="What officers said will be done about answers that are not wholly true any more, and of what the broker is to be told. Each stands in the calendar and is reminded of until it is recorded here or said otherwise at the next re-attestation."
        >
          <PromiseList answers={promised} today={today} withNumber />
        </PageSection>
      ) : null}
      <PageSection title="Re-attestations">
        <ReattestationTable rows={reattestations} />
      </PageSection>
    </>
  )
}
