/** Where a report is chosen and, beside it, what its verification found. */
import { useEffect, useRef, useState } from 'react'
import type { FilesBeside } from '#app/report/verify/worker-messages.ts'
import { FileDrop } from '../file-drop.tsx'
import { Spinner } from '../spinner.tsx'
import { StandingQuestion } from './standing-question.tsx'
import { useVerifier } from './use-verifier.ts'
import { VerificationResult } from './verification-result.tsx'

const BESIDE = [
  {
    id: 'authority',
    label: 'Certificate of the signing authority',
    hint: 'Who signed is the preparer’s own word. With their certificate, received from themselves and not with the report, it can be compared.',
    accept: '.pem,.crt,.cer,application/x-pem-file',
    invitation: 'A PEM file',
  },
  {
    id: 'revocationList',
    label: 'Revocation list of the signing authority',
    hint: 'Says which signatures were taken back since. The preparer publishes it, and a new one at least every week.',
    accept: '.crl,.pem,application/pkix-crl',
    invitation: 'A .crl file',
  },
  {
    id: 'envelope',
    label: 'Detached envelope',
    hint: 'Made beside the report, for machines: names this very file and each piece of evidence by its hash, signed by the same officer.',
    accept: '.json,application/json',
    invitation: 'A .dsse.json file',
  },
] as const satisfies readonly ({ id: keyof FilesBeside } & Record<string, string>)[]

const NONE: FilesBeside = { authority: null, revocationList: null, envelope: null, evidence: [] }

export function VerifyDesk() {
  const { verifying, verify } = useVerifier()
  const [report, setReport] = useState<File | null>(null)
  const [besides, setBesides] = useState<FilesBeside>(NONE)
  const input = useRef<HTMLInputElement>(null)

  function choose(next: { report: File | null; besides: FilesBeside }) {
    setReport(next.report)
    setBesides(next.besides)
    verify(next.report, next.besides)
  }

  // A file that was chosen before the page was live.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page becomes live.
  useEffect(() => {
    const early = input.current?.files?.[0]
    if (early) choose({ report: early, besides: NONE })
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
          onFiles={([file]) => choose({ report: file ?? null, besides })}
        />
        <details className="border-hairline border-y py-2.5">
          <summary className="cursor-pointer py-1 font-medium">
            Compare with what you have besides <span className="font-normal text-ink-soft">(optional)</span>
          </summary>
          <div className="mt-3 grid gap-5 pb-2">
            {BESIDE.map(({ id, ...field }) => (
              <FileDrop
                key={id}
                id={id}
                name={id}
                {...field}
                onFiles={([file]) => choose({ report, besides: { ...besides, [id]: file ?? null } })}
              />
            ))}
            <FileDrop
              id="evidence"
              name="evidence"
              multiple
              label="Evidence files"
              hint="The report names each piece of evidence by its SHA-256. Files that you were given are compared with it."
              invitation="Any files, of any size"
              onFiles={(evidence) => choose({ report, besides: { ...besides, evidence } })}
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
