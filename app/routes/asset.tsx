import { type ActionFunctionArgs, data, type LoaderFunctionArgs, type MetaFunction } from '@remix-run/node'
import { Form, useActionData, useLoaderData, useNavigation } from '@remix-run/react'
import { MergeDialog } from '#app/components/asset/merge-dialog.tsx'
import { SightingForm } from '#app/components/asset/sighting-form.tsx'
import { Button, ButtonLink } from '#app/components/button.tsx'
import { countOf } from '#app/components/counts.ts'
import { TextLink } from '#app/components/link.tsx'
import { Notice } from '#app/components/notice.tsx'
import { PageHeader, PageSection } from '#app/components/page-header.tsx'
import { pageTitle } from '#app/components/page-title.ts'
import { Time } from '#app/components/time.tsx'
import { acting, answering } from '#app/http/faults.server.ts'
import { formValues, idParam, parseWith, readForm } from '#app/http/input.server.ts'
import { requireMember } from '#app/http/member.server.ts'
import { getAsset, mergeAssets, splitAsset, undoAssetDecision } from '#app/services/client-assets.server.ts'
import { getClient } from '#app/services/clients.server.ts'
import { MergeInput, SplitInput, UndoInput } from '#app/services/register-input.ts'

export async function loader({ request, params }: LoaderFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const assetId = idParam(params.assetId)
  return answering(async () => {
    const client = await getClient(member, clientId)
    const { asset, into, sightings, decisions, others } = await getAsset(member, clientId, assetId)
    return {
      client: { id: client.id, legalName: client.legalName },
      asset,
      into: into && { id: into.id, name: into.name },
      sightings,
      decisions,
      others: others.map(({ id, name, address }) => ({ id, name, address })),
    }
  })
}

export async function action({ request, params }: ActionFunctionArgs) {
  const member = await requireMember(request)
  const clientId = idParam(params.clientId)
  const assetId = idParam(params.assetId)
  const values = formValues(await readForm(request))
  const decide = (work: () => Promise<unknown>) =>
    acting(async () => {
      await work()
      return { outcome: 'decided' as const }
    })
  switch (values.intent) {
    case 'undo': {
      const parsed = parseWith(UndoInput, values)
      if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
      return decide(() => undoAssetDecision(member, clientId, parsed.input.decisionId))
    }
    case 'split': {
      const parsed = parseWith(SplitInput, values)
      if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
      const { reason } = parsed.input
      const sightings = parsed.input.sightings.map((text) => ({
        importId: text.slice(0, 36),
        key: text.slice(37),
      }))
      return decide(() => splitAsset(member, clientId, assetId, { sightings, reason }))
    }
    default: {
      const parsed = parseWith(MergeInput, values)
      if (!parsed.ok) return data({ fieldErrors: parsed.fieldErrors }, { status: 400 })
      return decide(() => mergeAssets(member, clientId, assetId, parsed.input))
    }
  }
}

export const meta: MetaFunction<typeof loader> = ({ data: page }) => [
  { title: pageTitle(...(page ? [page.asset.name, page.client.legalName] : ['Asset'])) },
]

export default function AssetPage() {
  const { client, asset, into, sightings, decisions, others } = useLoaderData<typeof loader>()
  const result = useActionData<typeof action>()
  const undoing = useNavigation().formData?.get('decisionId')
  const assets = `/clients/${client.id}/assets`
  return (
    <>
      <PageHeader
        title={asset.name}
        breadcrumb={[
          { label: 'Clients', href: '/clients' },
          { label: client.legalName, href: `/clients/${client.id}` },
          { label: 'Assets', href: assets },
        ]}
        meta={
          <>
            {asset.address && asset.address !== asset.name ? <span>{asset.address}</span> : null}
            {asset.operatingSystem ? <span>{asset.operatingSystem}</span> : null}
            <span>
              Seen from <Time at={asset.firstSeenAt} /> to <Time at={asset.lastSeenAt} />
            </span>
          </>
        }
        actions={
          into ? null : (
            <>
              <ButtonLink to={`/clients/${client.id}/findings?asset=${asset.id}#findings`}>
                {countOf(asset.openCount, 'open finding')}
              </ButtonLink>
              <MergeDialog name={asset.name} others={others} />
            </>
          )
        }
      />
      {result && 'refusal' in result ? (
        <Notice kind="danger" announce>
          {result.refusal.message}
        </Notice>
      ) : null}
      {into ? (
        <Notice kind="info" title="This asset is part of another one">
          It was merged into <TextLink to={`${assets}/${into.id}`}>{into.name}</TextLink>; its sightings and
          findings stand there.
        </Notice>
      ) : null}
      <PageSection
        title="Sightings"
        lead="Every scan that saw it, newest first, and why that is this machine."
      >
        <SightingForm
          sightings={sightings}
          errors={result && 'fieldErrors' in result ? result.fieldErrors : {}}
        />
      </PageSection>
      {decisions.length > 0 ? (
        <PageSection title="Merged and set apart">
          <ul className="border-rule border-t">
            {decisions.map((row) => (
              <li
                key={row.id}
                className="flex flex-wrap items-center justify-between gap-3 border-hairline border-b py-3"
              >
                <p className="min-w-0 max-w-measure wrap-anywhere">
                  {row.kind === 'merge' ? 'Merged' : 'Set apart'}:{' '}
                  <TextLink to={`${assets}/${row.assetId === asset.id ? row.otherId : row.assetId}`}>
                    the other asset
                  </TextLink>
                  . {row.reason}
                  <span className="block text-caption text-ink-soft">
                    {row.decidedByName}, <Time at={row.decidedAt} />
                    {row.undoneByName ? `; undone by ${row.undoneByName}` : ''}
                  </span>
                </p>
                {row.undoneAt ? null : (
                  <Form method="post" preventScrollReset>
                    <input type="hidden" name="intent" value="undo" />
                    <input type="hidden" name="decisionId" value={row.id} />
                    <Button type="submit" size="small" loading={undoing === row.id} loadingLabel="Undoing">
                      Undo<span className="sr-only">, {row.reason}</span>
                    </Button>
                  </Form>
                )}
              </li>
            ))}
          </ul>
        </PageSection>
      ) : null}
    </>
  )
}
