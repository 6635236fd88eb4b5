/** Asks the server what chosen files are, by their first bytes; a file that cannot be told is nobody's fault. */
import { useEffect, useState } from 'react'

const HEAD_BYTES = 64 * 1024
/** More than this at once is a folder dropped by mistake, or one that has time. */
const MOST_ASKED = 50

export interface Recognised {
  label: string
  kind: string | null
}

export interface Recognition {
  /** By file; absent while it is asked and where it is not known. */
  known: ReadonlyMap<File, Recognised>
  isAsking: boolean
}

export function useRecognition(files: readonly File[]): Recognition {
  const [known, setKnown] = useState<ReadonlyMap<File, Recognised>>(new Map())
  const [askedFor, setAskedFor] = useState<readonly File[]>()
  useEffect(() => {
    const leaving = new AbortController()
    void (async () => {
      for (const file of files.slice(0, MOST_ASKED)) {
        const recognised = await ask(file, leaving.signal)
        if (leaving.signal.aborted) return
        if (recognised) setKnown((before) => new Map(before).set(file, recognised))
      }
      setAskedFor(files)
    })()
    return () => leaving.abort()
  }, [files])
  return { known, isAsking: files.length > 0 && askedFor !== files }
}

async function ask(file: File, signal: AbortSignal): Promise<Recognised | null> {
  try {
    const body = await file.slice(0, HEAD_BYTES).arrayBuffer()
    const headers = { 'Content-Type': 'application/octet-stream', Accept: 'application/json' }
    const response = await fetch('/evidence/recognise', { method: 'POST', body, headers, signal })
    if (!response.ok) return null
    return ((await response.json()) as { recognised: Recognised | null }).recognised
  } catch {
    return null
  }
}
