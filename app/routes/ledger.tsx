import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { ChevronLeft, ChevronRight, Download, ShieldCheck, Stamp } from 'lucide-react'
import { z } from 'zod'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { ChainNotice } from '#app/components/ledger/chain-notice.tsx'
import { CheckpointList } from '#app/components/ledger/checkpoint-list.tsx'
import { LedgerList } from '#app/components/ledger/ledger-list.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { acting } from '#app/http/faults.server.ts'
import { readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { checkpointNow } from '#app/services/checkpoint-schedule.server.ts'
import { listCheckpoints } from '#app/services/checkpoints.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'

/** From an address line: what is no entry's number means the newest page. */
const Before = z.coerce.number().int().min(2).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined)

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const asked = new URL(request.url).searchParams
  const before = Before.parse(asked.get('before') ?? undefined)
  const beforeCheckpoint = Before.parse(asked.get('beforeCheckpoint') ?? undefined)
  const { entries, nextBefore } = await listLedger(member, before)
  const {
    checkpoints,
    nextBefore: nextBeforeCheckpoint,
    covered,
    isOverdue,
  } = await listCheckpoints(member, beforeCheckpoint)
  return {
    isNewestPage: before === undefined,
    nextBefore,
    checkpoints,
    nextBeforeCheckpoint,
    covered,
    isOverdue,
    entries: entries.map(({ sequence, kind, actor, at, payload, previousHash, hash }) => ({
      sequence,
      kind,
      actor,
      at,
      payload,
      previousHash,
      hash,
    })),
  }
}

export async function action({ request }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const form = await readForm(request)
  if (form.get('intent') !== 'checkpoint') return checkLedger(member)
  return acting(async () => ({ made: await checkpointNow(member) }))
}

export const meta: MetaFunction = () => [{ title: pageTitle('Ledger') }]

export default function LedgerPage() {
  const { entries, nextBefore, isNewestPage, checkpoints, nextBeforeCheckpoint, covered, isOverdue } =
    useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const { formMethod, formData } = useNavigation()
  const isMaking = formData?.get('intent') === 'checkpoint'
  const isChecking = formMethod === 'POST' && !isMaking
  return (
    <>
      <PageHeader
        title="Ledger"
        lead="Everything that was done here, in order. Each entry seals the one before it; the database refuses to change or delete any."
        actions={
          <>
            <ButtonLink icon={Download} to="/ledger/export" reloadDocument download>
              Export the ledger
            </ButtonLink>
            <Form method="post" preventScrollReset>
              <Button
                type="submit"
                icon={ShieldCheck}
                loading={isChecking}
                loadingLabel="Checking every entry"
                wide
              >
                Check the chain
              </Button>
            </Form>
          </>
        }
      />
      <div className="mb-7 empty:hidden">{result ? <ActionNotice result={result} /> : null}</div>
      <PageSection
        title="Checkpoints"
        lead="Signed summaries of all entries so far. Keep one elsewhere, and nobody can rewrite what it covers unseen."
        actions={
          <Form method="post" preventScrollReset>
            <input type="hidden" name="intent" value="checkpoint" />
            <Button
              type="submit"
              size="small"
              icon={Stamp}
              loading={isMaking}
              loadingLabel="Signing a checkpoint"
            >
              Make a checkpoint now
            </Button>
          </Form>
        }
      >
        {isOverdue ? (
          <div className="mb-4">
            <Notice kind="warning" title="A checkpoint is overdue">
              Entries have waited for more than a day. No checkpoint is signed over a ledger that does not
              hold, so check the chain first; if it holds, make a checkpoint now.
            </Notice>
          </div>
        ) : null}
        <CheckpointList checkpoints={checkpoints} />
        {nextBeforeCheckpoint === null ? null : (
          <p className="mt-2">
            <ButtonLink size="small" to={`/ledger?beforeCheckpoint=${nextBeforeCheckpoint}`}>
              Older checkpoints
            </ButtonLink>
          </p>
        )}
      </PageSection>
      <PageSection title="Entries">
        <LedgerList entries={entries} covered={covered} />
        {isNewestPage && nextBefore === null ? null : (
          <nav aria-label="Pages of the ledger" className="mt-5 flex flex-wrap gap-2.5">
            {isNewestPage ? null : (
              <ButtonLink size="small" icon={ChevronLeft} to="/ledger">
                Newest entries
              </ButtonLink>
            )}
            {nextBefore === null ? null : (
              <ButtonLink size="small" to={`/ledger?before=${nextBefore}`} rel="next">
                Older entries
                <ChevronRight aria-hidden size={16} strokeWidth={1.75} />
              </ButtonLink>
            )}
          </nav>
        )}
      </PageSection>
    </>
  )
}

type ActionResult = NonNullable<ReturnType<typeof useActionData<typeof action>>>

function ActionNotice({ result }: { result: ActionResult }) {
  if ('verdict' in result) return <ChainNotice {...result} />
  if ('refusal' in result) {
    return (
      <Notice kind="warning" announce title="No checkpoint was made">
        {result.refusal.message}
      </Notice>
    )
  }
  const { number, timestampFailure } = result.made
  return (
    <Notice
      kind={timestampFailure === null ? 'success' : 'warning'}
      announce
      title={number === null ? 'Another checkpoint was made just now' : `Checkpoint ${number} was made`}
    >
      {timestampFailure === null
        ? 'The whole ledger was checked before it was signed.'
        : `${timestampFailure} It stays without a timestamp for now, and is asked for again within half an hour.`}
    </Notice>
  )
}
