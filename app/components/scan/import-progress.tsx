/** Follows the reading of one scan file while the page is open. */
import { CircleCheck, OctagonX } from 'lucide-react'
import { classNames } from '../class-names.ts'
import { formatSize } from '../file-size.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { useProgress } from '../use-progress.ts'

export interface ImportState {
  state: 'queued' | 'running' | 'done' | 'failed'
  bytesRead: number
  bytesTotal: number
  failure: string | null
}

const UNKNOWN: ImportState = { state: 'queued', bytesRead: 0, bytesTotal: 0, failure: null }

/** While a bar is shown, the sentence is for those who hear the page. */
const lookOf: Record<ImportState['state'], string> = {
  queued: 'sr-only',
  running: 'sr-only',
  done: 'font-medium text-ok',
  failed: 'font-medium text-bad',
}

interface ImportProgressProps {
  importId: string
  initial?: ImportState
  onOver: () => void
}

export function ImportProgress({ importId, initial = UNKNOWN, onOver }: ImportProgressProps) {
  const progress = useProgress(
    `/scans/${importId}/progress`,
    initial,
    ({ state }) => state === 'done' || state === 'failed',
    onOver,
  )
  const { state, bytesRead, bytesTotal } = progress
  return (
    <div className="max-w-measure">
      <p role="status" className={classNames('flex items-start gap-2', lookOf[state])}>
        {state === 'failed' ? <OctagonX aria-hidden size={17} className="mt-0.5 shrink-0" /> : null}
        {state === 'done' ? <CircleCheck aria-hidden size={17} className="mt-0.5 shrink-0" /> : null}
        <span className="min-w-0">{sentenceFor(progress)}</span>
      </p>
      {state === 'queued' || state === 'running' ? (
        <ProgressBar
          label={state === 'queued' ? 'Waiting to be read' : 'Reading the scan'}
          share={state === 'running' && bytesTotal > 0 ? bytesRead / bytesTotal : null}
          detail={
            state === 'running'
              ? `${formatSize(bytesRead)} of ${formatSize(bytesTotal)} read. You can leave this page; the work goes on.`
              : 'You can leave this page; the work goes on.'
          }
        />
      ) : null}
    </div>
  )
}

/** Spoken once at each change of state, not at each step of the bar. */
function sentenceFor({ state, failure }: ImportState): string {
  switch (state) {
    case 'queued':
      return 'The scan is queued.'
    case 'running':
      return 'The scan is being read.'
    case 'done':
      return 'The scan has been imported.'
    case 'failed':
      return `The scan could not be imported. ${failure ?? ''}`.trim()
  }
}
