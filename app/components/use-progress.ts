/** Asks for a job's progress every second until it is over. */
import { useEffect, useState } from 'react'

const EVERY_MS = 1000

/** @returns the newest progress, or `initial` until the first reply. `onOver` is called once. */
export function useProgress<T extends { state: string }>(
  url: string,
  initial: T,
  isOver: (progress: T) => boolean,
  onOver: () => void,
): T {
  const [progress, setProgress] = useState(initial)
  const isDone = isOver(initial)
  // biome-ignore lint/correctness/useExhaustiveDependencies: restarted by another job, not by another render.
  useEffect(() => {
    if (isDone) return
    let isStopped = false
    const timer = setInterval(async () => {
      const reply = await fetch(url, { headers: { Accept: 'application/json' } }).catch(() => null)
      if (!reply?.ok || isStopped) return
      const next = (await reply.json()) as T
      setProgress(next)
      if (!isOver(next)) return
      clearInterval(timer)
      onOver()
    }, EVERY_MS)
    return () => {
      isStopped = true
      clearInterval(timer)
    }
  }, [url, isDone])
  return isDone ? initial : progress
}
