/** Takes a file that was sent into the evidence: what kind it is, and for which day it is true. */
import { Form, useNavigation } from '@remix-run/react'
import { useState } from 'react'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { DownloadLink } from '../download-link.tsx'
import { KindField } from '../evidence/kind-field.tsx'
import { type KindGroup, viewpointOfKind } from '../evidence/kind-groups.ts'
import { DateField, TextField } from '../text-field.tsx'

interface TakeFileProps {
  requestId: string
  entry: { id: string; fileName: string | null }
  kindGroups: KindGroup[]
  /** Of the evidence that a newer version is wanted of; then nothing is asked about its kind. */
  fixedKind: string | null
  today: string
  /** Whether the request still waits for something. */
  isWaiting: boolean
  fieldErrors?: Record<string, string>
}

export function TakeFile({
  requestId,
  entry,
  kindGroups,
  fixedKind,
  today,
  isWaiting,
  fieldErrors,
}: TakeFileProps) {
  const [kind, setKind] = useState(fixedKind ?? '')
  const { state, formData } = useNavigation()
  const chosen = kindGroups.flatMap(({ kinds }) => kinds).find(({ id }) => id === kind)
  const id = (name: string) => `${name}-${entry.id}`
  return (
    <div className="mt-3 flex flex-col gap-3">
      <div>
        <DownloadLink look="small" href={`/requests/${requestId}/files/${entry.id}`}>
          Download
        </DownloadLink>
      </div>
      <details open={fieldErrors !== undefined}>
        <summary className="cursor-pointer text-link">
          Take as evidence<span className="sr-only">: {entry.fileName}</span>
        </summary>
        <Form method="post" noValidate className="mt-4 flex flex-col gap-5">
          <input type="hidden" name="intent" value="accept" />
          <input type="hidden" name="fileEntryId" value={entry.id} />
          {fixedKind ? (
            <input type="hidden" name="kind" value={fixedKind} />
          ) : (
            <>
              <KindField
                id={id('kind')}
                name="kind"
                groups={kindGroups}
                note={chosen?.note ?? null}
                value={kind}
                onChange={(event) => setKind(event.target.value)}
                error={fieldErrors?.kind}
              />
              <TextField
                id={id('title')}
                name="title"
                label="Title"
                optional
                hint="Left empty, it is called after the request."
                error={fieldErrors?.title}
              />
            </>
          )}
          {viewpointOfKind(kind) === null ? null : (
            <input type="hidden" name="viewpoint" value={viewpointOfKind(kind) ?? 'internal'} />
          )}
          <DateField
            id={id('observedOn')}
            name="observedOn"
            label="True on"
            hint="The day for which it shows the state, not the day on which it came."
            defaultValue={today}
            error={fieldErrors?.observedOn}
          />
          {chosen?.countsUntilEnd ? (
            <DateField
              id={id('validUntil')}
              name="validUntil"
              label="Valid until"
              optional
              error={fieldErrors?.validUntil}
            />
          ) : null}
          {isWaiting ? (
            <CheckboxField id={id('closes')} name="closes" label="Nothing more is needed" defaultChecked />
          ) : null}
          <Button
            type="submit"
            variant="primary"
            className="self-start"
            loading={state !== 'idle' && formData?.get('fileEntryId') === entry.id}
            loadingLabel="Taking it in"
          >
            Take as evidence
          </Button>
        </Form>
      </details>
    </div>
  )
}
