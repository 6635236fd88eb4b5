/** Where an asset was seen and why that is taken for the same machine; what is chosen can be set apart. */
import { Form, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import { Button } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { viewpointWords } from '../scan/viewpoint.ts'
import { TextAreaField } from '../text-field.tsx'
import { Time } from '../time.tsx'

export interface Sighting {
  importId: string
  key: string
  reason: string
  tool: string
  viewpoint: 'external' | 'internal'
  seenAt: string
  hostname: string | null
  address: string | null
  externalId: string | null
  isCredentialed: boolean | null
  fileName: string
}

const idOf = ({ importId, key }: Sighting) => `${importId} ${key}`

export function SightingForm({
  sightings,
  errors,
}: {
  sightings: Sighting[]
  errors: Record<string, string>
}) {
  const [chosen, setChosen] = useState(0)
  const isSending = useNavigation().formData?.get('intent') === 'split'
  return (
    <Form method="post" preventScrollReset>
      <input type="hidden" name="intent" value="split" />
      <DataTable
        caption="Sightings"
        rows={sightings}
        rowKey={idOf}
        empty={<p className="text-ink-soft">No import that counts shows it.</p>}
        columns={[
          {
            id: 'choose',
            header: 'Other machine',
            cell: (row) => (
              <input
                type="checkbox"
                name="sightings[]"
                value={idOf(row)}
                aria-label={`${row.key} in ${row.fileName} is another machine`}
                onChange={(event) => setChosen(chosen + (event.currentTarget.checked ? 1 : -1))}
                className="size-4"
              />
            ),
          },
          {
            id: 'key',
            header: 'Seen as',
            isRowHeader: true,
            cell: (row) => (
              <>
                <span className="wrap-anywhere">{row.hostname ?? row.address ?? row.key}</span>
                <span className="wrap-anywhere block font-normal text-caption text-ink-soft">
                  {[row.address, row.externalId].filter(Boolean).join(', ')}
                </span>
              </>
            ),
          },
          {
            id: 'why',
            header: 'Why it is this asset',
            cell: (row) => <span className="wrap-anywhere">{row.reason}</span>,
          },
          {
            id: 'scan',
            header: 'Scan',
            cell: (row) => (
              <>
                <TextLink to={`/scans/${row.importId}`} className="wrap-anywhere">
                  {row.fileName}
                </TextLink>
                <span className="block text-caption text-ink-soft">
                  {row.tool}, {viewpointWords[row.viewpoint].toLowerCase()}
                  {row.isCredentialed ? ', signed in' : ''}
                </span>
              </>
            ),
          },
          { id: 'seen', header: 'Seen', cell: (row) => <Time at={row.seenAt} /> },
        ]}
      />
      {chosen > 0 ? (
        <div className="mt-5 flex max-w-measure flex-col gap-4">
          <TextAreaField
            name="reason"
            id="split-reason"
            label="Why the chosen sightings are another machine"
            hint="They become an asset of their own, and later scans keep to that. It can be undone."
            rows={2}
            error={errors.reason ?? errors.sightings}
          />
          <div>
            <Button type="submit" loading={isSending} loadingLabel="Setting apart">
              Set the chosen apart
            </Button>
          </div>
        </div>
      ) : null}
    </Form>
  )
}
