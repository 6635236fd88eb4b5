/** One public list: which is in use, and how a newer one is taken over. */
import { Form, useNavigation } from '@remix-run/react'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { countOf } from '../counts.ts'
import { FileDrop } from '../file-drop.tsx'
import { PageSection } from '../page-header.tsx'
import { TextField } from '../text-field.tsx'
import { Time } from '../time.tsx'

export const listWords = {
  kev: {
    title: 'Weaknesses known to be exploited (CISA KEV)',
    file: 'known_exploited_vulnerabilities.json',
  },
  epss: { title: 'How likely exploitation is (EPSS)', file: 'epss_scores-….csv or .csv.gz' },
} as const

interface ListFormsProps {
  kind: 'kev' | 'epss'
  url: string
  urlError?: string
  inForce: {
    version: string | null
    releasedAt: Date | string | null
    entryCount: number | null
    declaredCount: number | null
  } | null
}

export function ListForms({ kind, url, urlError, inForce }: ListFormsProps) {
  const { title, file } = listWords[kind]
  const { formData, state } = useNavigation()
  const sending = state === 'idle' ? null : formData?.get('kind') === kind ? formData.get('intent') : null
  const older = (id: string) => (
    <CheckboxField
      name="mayGoBack"
      id={id}
      label="Use it although it is older"
      hint="Otherwise a list older than the one in use is refused."
    />
  )
  return (
    <PageSection
      title={title}
      lead={inForce ? <InUse list={inForce} /> : 'No list is loaded yet: nothing is said about it.'}
    >
      <div className="grid gap-x-12 gap-y-8 lg:grid-cols-2">
        <Form method="post" encType="multipart/form-data" className="space-y-4">
          <input type="hidden" name="kind" value={kind} />
          {older(`${kind}-file-older`)}
          <FileDrop name="file" label="From a file" invitation={file} />
          <Button type="submit" loading={state !== 'idle' && formData?.has('file')} loadingLabel="Sending">
            Load the file
          </Button>
        </Form>
        <div className="space-y-4">
          <Form method="post" className="space-y-4">
            <input type="hidden" name="intent" value="address" />
            <input type="hidden" name="kind" value={kind} />
            <TextField
              name="url"
              id={`${kind}-url`}
              type="url"
              label="From an address"
              hint="Only https, and only public addresses."
              defaultValue={url}
              error={urlError}
            />
            <Button type="submit" size="small" loading={sending === 'address'} loadingLabel="Saving">
              Save the address
            </Button>
          </Form>
          <Form method="post" className="space-y-4">
            <input type="hidden" name="intent" value="fetch" />
            <input type="hidden" name="kind" value={kind} />
            {older(`${kind}-fetch-older`)}
            <Button type="submit" loading={sending === 'fetch'} loadingLabel="Asking">
              Fetch from the saved address
            </Button>
          </Form>
        </div>
      </div>
    </PageSection>
  )
}

function InUse({ list }: { list: NonNullable<ListFormsProps['inForce']> }) {
  const { version, releasedAt, entryCount, declaredCount } = list
  return (
    <>
      In use: {releasedAt ? <Time at={releasedAt} /> : 'undated'}, version {version},{' '}
      {countOf(entryCount ?? 0, 'CVE')}.
      {declaredCount !== null && declaredCount !== entryCount
        ? ` The list says that it has ${declaredCount}; what it really holds is used.`
        : ''}
    </>
  )
}
