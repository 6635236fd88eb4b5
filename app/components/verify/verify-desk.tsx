/** Where a report is chosen and, beside it, what its verification found. */
import { useEffect, useRef, useState } from 'react'
import { FileDrop } from '../file-drop.tsx'
import { Spinner } from '../spinner.tsx'
import { StandingQuestion } from './standing-question.tsx'
import { useVerifier } from './use-verifier.ts'
import { VerificationResult } from './verification-result.tsx'

export function VerifyDesk() {
  const { verifying, verify } = useVerifier()
  const [report, setReport] = useState<File | null>(null)
  const [authority, setAuthority] = useState<File | null>(null)
  const input = useRef<HTMLInputElement>(null)

  function choose(next: { report: File | null; authority: File | null }) {
    setReport(next.report)
    setAuthority(next.authority)
    verify(next.report, next.authority)
  }

  // A file that was chosen before the page was live.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page becomes live.
  useEffect(() => {
    const early = input.current?.files?.[0]
    if (early) choose({ report: early, authority: null })
  }, [])

  return (
    <>
      <form className="grid gap-5" onSubmit={(event) => event.preventDefault()}>
        <FileDrop
          ref={input}
          id="report"
          name="report"
          label="The report"
          accept="application/pdf,.pdf"
          invitation="The signed PDF, up to 64 MiB. It stays on this computer."
          error={verifying.state === 'refused' ? verifying.sentence : undefined}
          onFiles={([file]) => choose({ report: file ?? null, authority })}
        />
        <details className="border-hairline border-y py-2.5">
          <summary className="cursor-pointer py-1 font-medium">
            Compare with the preparer’s certificate{' '}
            <span className="font-normal text-ink-soft">(optional)</span>
          </summary>
          <div className="mt-3 pb-2">
            <FileDrop
              id="authority"
              name="authority"
              label="Certificate of the signing authority"
              hint="Who signed is the preparer’s own word. With their certificate, received from themselves and not with the report, it can be compared."
              accept=".pem,.crt,.cer,application/x-pem-file"
              invitation="A PEM file"
              onFiles={([file]) => choose({ report, authority: file ?? null })}
            />
          </div>
        </details>
      </form>
      <div className="mt-8 empty:hidden">
        <div role="status">
          {verifying.state === 'working' ? (
            <p className="flex items-center gap-2.5">
              <Spinner /> Verifying {verifying.fileName} in this browser
            </p>
          ) : null}
        </div>
        {verifying.state === 'done' ? (
          <VerificationResult
            fileName={verifying.fileName}
            verification={verifying.verification}
            standing={<StandingQuestion key={verifying.sha256} sha256={verifying.sha256} />}
          />
        ) : null}
      </div>
    </>
  )
}
