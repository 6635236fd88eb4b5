/** The DKIM selectors that a domain's services use: nobody can look them up. */
import { useFetcher } from '@remix-run/react'
import { Button } from '../button.tsx'
import { TextField } from '../text-field.tsx'
import { type ActionReply, errorsOf } from './action-reply.ts'

export function SelectorsForm({ domain, selectors }: { domain: string; selectors: string[] }) {
  const fetcher = useFetcher<ActionReply>()
  const { fields, sentence } = errorsOf(fetcher.state === 'idle' ? fetcher.data : undefined)
  const isSaved = fetcher.state === 'idle' && fetcher.data && 'outcome' in fetcher.data
  return (
    <details className="mt-3" open={fields.selectors ? true : undefined}>
      <summary className="cursor-pointer py-1 text-accent text-caption">
        DKIM selectors named for {domain}: {selectors.length === 0 ? 'none yet' : selectors.join(', ')}
      </summary>
      <fetcher.Form method="post" className="mt-2 flex max-w-measure flex-col gap-3">
        <input type="hidden" name="intent" value="name-selectors" />
        <input type="hidden" name="domain" value={domain} />
        <TextField
          id={`selectors-${domain.replaceAll('.', '-')}`}
          name="selectors"
          label={`Selectors of ${domain}`}
          hint="The word after s= in the DKIM-Signature line of a message from each sending service, with commas between them. A named selector that does not exist counts against the answer."
          defaultValue={selectors.join(', ')}
          autoComplete="off"
          error={fields.selectors ?? sentence}
        />
        <div className="flex items-center gap-3">
          <Button type="submit" size="small" loading={fetcher.state !== 'idle'} loadingLabel="Saving">
            Save selectors
          </Button>
          <span role="status" className="text-caption text-ok">
            {isSaved ? 'Saved. Check again to look them up.' : ''}
          </span>
        </div>
      </fetcher.Form>
    </details>
  )
}
