/** The dates and the file of the revision that counts. */
import type { ReactNode } from 'react'
import { CopyableHash } from '../copyable-hash.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { FileSize } from '../file-size.tsx'
import { Time } from '../time.tsx'

interface ItemFactsProps {
  revision: {
    fileName: string
    observedAt: Date
    receivedAt: Date
    validUntil: Date | null
    collector: string
    sha256: string
    sizeBytes: number
    mediaType: string
  }
  /** When the standing changes, in words; null where it does not. */
  change: ReactNode
  scan: ReactNode
}

export function ItemFacts({ revision, change, scan }: ItemFactsProps) {
  return (
    <div className="mt-6 grid gap-x-12 gap-y-8 lg:grid-cols-2">
      <section aria-labelledby="dates-title">
        <h2 id="dates-title" className="mb-3 font-semibold text-section">
          Dates
        </h2>
        <DefinitionList
          items={[
            { term: 'Observed: when it was true', value: <Time at={revision.observedAt} /> },
            { term: 'Received: when we got it', value: <Time at={revision.receivedAt} show="moment" /> },
            {
              term: 'Valid until: its own end date',
              value: revision.validUntil ? <Time at={revision.validUntil} /> : 'It states none',
            },
            ...(change ? [{ term: 'Next change', value: change }] : []),
            { term: 'Collected by', value: <span className="break-words">{revision.collector}</span> },
          ]}
        />
      </section>
      <section aria-labelledby="file-title">
        <h2 id="file-title" className="mb-3 font-semibold text-section">
          File
        </h2>
        <DefinitionList
          items={[
            { term: 'Name', value: <span className="break-all">{revision.fileName}</span> },
            { term: 'SHA-256', value: <CopyableHash value={revision.sha256} whole /> },
            { term: 'Size', value: <FileSize sizeBytes={revision.sizeBytes} /> },
            { term: 'Content, as recognised', value: revision.mediaType },
            ...(scan ? [{ term: 'Scan', value: scan }] : []),
          ]}
        />
      </section>
    </div>
  )
}
