/** Where an import stands. */
import { CircleCheck, Clock, LoaderCircle, OctagonX } from 'lucide-react'
import { StatusBadge, type StatusLook } from '../status-badge.tsx'
import type { ImportState } from './import-progress.tsx'

const look: Record<ImportState['state'], StatusLook> = {
  queued: { word: 'Queued', icon: Clock, tone: 'info' },
  running: { word: 'Reading', icon: LoaderCircle, tone: 'info' },
  done: { word: 'Imported', icon: CircleCheck, tone: 'ok' },
  failed: { word: 'Not imported', icon: OctagonX, tone: 'bad' },
}

export function ImportStateBadge({
  state,
  shape,
}: {
  state: ImportState['state']
  shape?: 'inline' | 'stamp'
}) {
  return <StatusBadge {...look[state]} shape={shape} />
}
