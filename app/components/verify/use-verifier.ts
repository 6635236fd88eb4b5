/** Runs the verifier in a worker of its own, one file at a time; a newer choice ends the older run. */
import { useEffect, useRef, useState } from 'react'
import {
  MAX_ENVELOPE_BYTES,
  MAX_LIST_BYTES,
  MAX_PEM_BYTES,
  MAX_REPORT_BYTES,
} from '#app/report/verify/limits.ts'
import type { FilesBeside, VerifyAnswer, VerifyRequest } from '#app/report/verify/worker-messages.ts'

export type Verifying =
  | { state: 'idle' }
  | { state: 'refused'; sentence: string }
  | { state: 'working'; fileName: string }
  | ({ state: 'done'; fileName: string } & Extract<VerifyAnswer, { outcome: 'verified' }>)

const UNREAD =
  'The browser could not read this file. Choose it again; it may have been moved or is still being written.'
const NO_WORKER =
  'This browser could not start the verifier. Reload the page, or use the command line as described below.'
const NOT_SECURE =
  'Browsers verify signatures only on pages that were loaded over HTTPS or from this very computer. Open this page by such an address, or use the command line as described below.'

/** @returns why the file is not even read, or null */
function refusalOf(report: File, { authority, revocationList, envelope }: FilesBeside): string | null {
  if (!window.isSecureContext) return NOT_SECURE
  if (report.size === 0) return 'This file is empty. Choose the PDF of the report.'
  if (report.size > MAX_REPORT_BYTES)
    return 'This file is larger than 64 MiB, which no report is. Choose the PDF of the report.'
  if (authority && authority.size > MAX_PEM_BYTES)
    return 'The certificate is larger than 64 KiB, which none is. Choose the PEM file from the preparer.'
  if (revocationList && revocationList.size > MAX_LIST_BYTES)
    return 'The revocation list is larger than 8 MiB, which none of ours is. Choose the .crl file from the preparer.'
  if (envelope && envelope.size > MAX_ENVELOPE_BYTES)
    return 'The envelope is larger than 64 MiB, which none is. Choose the .dsse.json file that belongs to the report.'
  return null
}

const startWorker = () =>
  new Worker(new URL('../../report/verify-worker.ts', import.meta.url), { type: 'module' })

export function useVerifier() {
  const [verifying, setVerifying] = useState<Verifying>({ state: 'idle' })
  const worker = useRef<Worker | null>(null)
  const isBusy = useRef(false)

  useEffect(() => {
    // At once, so that whoever then goes offline can verify, and sees that nothing is sent.
    worker.current = startWorker()
    return () => worker.current?.terminate()
  }, [])

  function verify(report: File | null, besides: FilesBeside) {
    if (isBusy.current) {
      worker.current?.terminate()
      worker.current = null
    }
    isBusy.current = false
    if (!report) return setVerifying({ state: 'idle' })
    const refusal = refusalOf(report, besides)
    if (refusal) return setVerifying({ state: 'refused', sentence: refusal })
    setVerifying({ state: 'working', fileName: report.name })
    worker.current ??= startWorker()
    const running = worker.current
    isBusy.current = true
    running.onmessage = ({ data }: MessageEvent<VerifyAnswer>) => {
      isBusy.current = false
      if (data.outcome === 'unread') setVerifying({ state: 'refused', sentence: UNREAD })
      else setVerifying({ state: 'done', fileName: report.name, ...data })
    }
    running.onerror = () => {
      running.terminate()
      worker.current = null
      isBusy.current = false
      setVerifying({ state: 'refused', sentence: NO_WORKER })
    }
    running.postMessage({ report, besides } satisfies VerifyRequest)
  }

  return { verifying, verify }
}
