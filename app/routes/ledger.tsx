import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { ChevronLeft, ChevronRight, ShieldCheck } from 'lucide-react'
import { z } from 'zod'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { ChainNotice } from '#app/components/ledger/chain-notice.tsx'
import { LedgerList } from '#app/components/ledger/ledger-list.tsx'
import { PageHeader } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { requireMember } from '#app/http/member.server.ts'
import { listLedger } from '#app/services/ledger.server.ts'
import { checkLedger } from '#app/services/ledger-check.server.ts'

/** From an address line: what is no entry's number means the newest page. */
const Before = z.coerce.number().int().min(2).max(Number.MAX_SAFE_INTEGER).optional().catch(undefined)

export async function loader({ request }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const before = Before.parse(new URL(request.url).searchParams.get('before') ?? undefined)
  const { entries, nextBefore } = await listLedger(member, before)
  return {
    isNewestPage: before === undefined,
    nextBefore,
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
  return checkLedger(await requireMember(request))
}

export const meta: MetaFunction = () => [{ title: pageTitle('Ledger') }]

export default function LedgerPage() {
  const { entries, nextBefore, isNewestPage } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const isChecking = useNavigation().formMethod === 'POST'
  return (
    <>
      <PageHeader
        title="Ledger"
        lead="Everything that was done here, in order. Each entry seals the one before it; the database refuses to change or delete any."
        actions={
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
        }
      />
      {result ? (
        <div className="mb-7">
          <ChainNotice {...result} />
        </div>
      ) : null}
      <LedgerList entries={entries} />
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
    </>
  )
}
