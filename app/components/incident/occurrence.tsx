import { Time } from '../time.tsx'

/** The day of an incident, or the two ends of the span in which it began. */
export function Occurrence({ from, until }: { from: string; until: string }) {
  if (from === until) return <Time at={from} />
  return (
    <>
      <Time at={from} /> to <Time at={until} />
    </>
  )
}
