/** Follows one running check while the page is open. */
import { ProgressBar } from '../progress-bar.tsx'
import { useProgress } from '../use-progress.ts'

export interface CheckState {
  id: string
  kind: 'mail' | 'exposure'
  state: 'queued' | 'running' | 'done' | 'failed'
  step: string | null
  stepsDone: number
  stepsTotal: number
  failure: string | null
}

const NAMES = { mail: 'Mail records', exposure: 'Ports and certificates' }

export function CheckProgress({ initial, onOver }: { initial: CheckState; onOver: () => void }) {
  const progress = useProgress(
    `/live-checks/${initial.id}/progress`,
    initial,
    ({ state }) => state === 'done' || state === 'failed',
    onOver,
  )
  const { kind, state, step, stepsDone, stepsTotal } = progress
  const isRunning = state === 'running'
  return (
    <div className="max-w-measure">
      {/* Spoken once at each change of state, not at each step of the bar. */}
      <p role="status" className="sr-only">
        {NAMES[kind]}:{' '}
        {isRunning
          ? 'the check is running.'
          : state === 'queued'
            ? 'the check is queued.'
            : 'the check has ended.'}
      </p>
      <ProgressBar
        label={`${NAMES[kind]}: ${isRunning ? 'checking' : 'waiting'}`}
        share={isRunning && stepsTotal > 0 ? stepsDone / stepsTotal : null}
        detail={`${isRunning && step ? `${step}. ` : ''}You can leave this page; the work goes on.`}
      />
    </div>
  )
}
