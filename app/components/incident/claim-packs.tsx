/** The packs of an incident: one being made, those that are ready, and the way to make another. */
import { Form, useNavigation, useRevalidator } from '@remix-run/react'
import { Package } from 'lucide-react'
import { Button } from '../button.tsx'
import { CopyableHash } from '../copyable-hash.tsx'
import { DownloadLink } from '../download-link.tsx'
import { formatSize } from '../file-size.tsx'
import { Notice } from '../notice.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { DateField } from '../text-field.tsx'
import { Time } from '../time.tsx'
import { useProgress } from '../use-progress.ts'

export interface ShownPack {
  id: string
  state: 'preparing' | 'ready' | 'failed'
  asOf: string
  knownOn: string
  progress: string | null
  failure: string | null
  sha256: string | null
  sizeBytes: number | null
  missingCount: number
  requestedByName: string
}

export function ClaimPacks(props: {
  packs: ShownPack[]
  days: { from: string; until: string }
  error: string | undefined
}) {
  const { packs, days, error } = props
  const isUnderWay = packs.some(({ state }) => state === 'preparing')
  return (
    <div className="flex flex-col gap-6">
      {error ? <Notice kind="danger" announce title={error} /> : null}
      {isUnderWay ? null : <MakePack days={days} isFirst={packs.length === 0} />}
      {packs.length > 0 ? (
        <ul className="border-rule border-t">
          {packs.map((pack) => (
            <li key={pack.id} className="border-hairline border-b py-4">
              <Pack pack={pack} />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  )
}

function MakePack({ days, isFirst }: { days: { from: string; until: string }; isFirst: boolean }) {
  const isSending = useNavigation().formData?.get('intent') === 'make-pack'
  return (
    <Form method="post" className="flex flex-wrap items-end gap-4">
      <input type="hidden" name="intent" value="make-pack" />
      {days.from === days.until ? (
        <input type="hidden" name="asOf" value={days.from} />
      ) : (
        <DateField
          id="asOf"
          name="asOf"
          label="As of"
          hint="The day whose truth is frozen."
          defaultValue={days.from}
          min={days.from}
          max={days.until}
          required
        />
      )}
      <Button
        type="submit"
        variant={isFirst ? 'primary' : 'secondary'}
        icon={Package}
        loading={isSending}
        loadingLabel="Asking"
      >
        {isFirst ? 'Make claim pack' : 'Make a new claim pack'}
      </Button>
    </Form>
  )
}

function Pack({ pack }: { pack: ShownPack }) {
  const revalidator = useRevalidator()
  const { id, state, failure, progress } = pack
  const now = useProgress(
    `/claim-packs/${id}/progress`,
    { state, failure, progress },
    (told) => told.state !== 'preparing',
    () => revalidator.revalidate(),
  )
  const title = (
    <>
      As of <Time at={pack.asOf} />, as known on <Time at={pack.knownOn} show="moment" />
    </>
  )
  if (now.state === 'preparing')
    return <ProgressBar label={title} share={null} detail={now.progress ?? 'Waiting for its turn'} />
  if (now.state === 'failed')
    return (
      <Notice kind="danger" announce title="No pack was made">
        {now.failure}
      </Notice>
    )
  return (
    <div className="flex flex-wrap items-start justify-between gap-3">
      {pack.missingCount > 0 ? <Missing count={pack.missingCount} /> : null}
      <div className="min-w-0">
        <p className="font-medium">{title}</p>
        <p className="mt-1 text-caption text-ink-soft">
          Asked for by {pack.requestedByName}
          {pack.sizeBytes === null ? '' : `, ${formatSize(pack.sizeBytes)}`}
        </p>
        {pack.sha256 ? (
          <p className="mt-1">
            <CopyableHash value={pack.sha256} label="SHA-256" />
          </p>
        ) : null}
      </div>
      <DownloadLink href={`/claim-packs/${id}/file`}>Download</DownloadLink>
    </div>
  )
}

function Missing({ count }: { count: number }) {
  return (
    <Notice
      kind="warning"
      title={
        count === 1
          ? 'One file that the record rests on is not in this pack'
          : `${count} files that the record rests on are not in this pack`
      }
    >
      The evidence store has lost or damaged what was received. The manifest names each with its hash. Restore
      the store from a backup, then make a new pack.
    </Notice>
  )
}
