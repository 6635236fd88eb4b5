/** Asks the server whether a file is still in force, only when told to, and sends nothing but its SHA-256. */
import { useState } from 'react'
import { FileStatus } from '#app/services/report-status.ts'
import { Button } from '../button.tsx'
import { CopyableHash } from '../copyable-hash.tsx'
import { Notice, type NoticeKind } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'

type Answer = FileStatus | { status: 'no-answer'; sentence: string }

async function ask(sha256: string): Promise<Answer> {
  const failed = (sentence: string) => ({ status: 'no-answer' as const, sentence })
  try {
    const reply = await fetch(`/verify/status?sha256=${sha256}`)
    const body: unknown = await reply.json()
    const answer = FileStatus.safeParse(body)
    if (reply.ok && answer.success) return answer.data
    const error = (body as { error?: unknown } | null)?.error
    return failed(typeof error === 'string' ? error : 'The server gave no answer. Try again in a minute.')
  } catch {
    return failed('The server could not be reached. Check the connection and ask again.')
  }
}

export function StandingQuestion({ sha256 }: { sha256: string }) {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const [isAsking, setIsAsking] = useState(false)

  async function askNow() {
    setIsAsking(true)
    setAnswer(await ask(sha256))
    setIsAsking(false)
  }

  return (
    <PageSection
      title="Is it still in force?"
      lead="A report can be withdrawn or superseded after it was signed; no file can tell that. The server where it was prepared can. Only the SHA-256 below is sent to this one, nothing of the file."
    >
      <p className="mb-4">
        <CopyableHash value={sha256} label="SHA-256 of the file" whole />
      </p>
      <Button onClick={askNow} loading={isAsking} loadingLabel="Asking">
        Ask whether it is still in force
      </Button>
      {answer ? (
        <div className="mt-4">
          <AnswerNotice answer={answer} />
        </div>
      ) : null}
    </PageSection>
  )
}

const LOOKS: Record<Answer['status'], { kind: NoticeKind; title: string }> = {
  unknown: { kind: 'warning', title: 'This file is not known here' },
  'in-force': { kind: 'success', title: 'In force' },
  'awaiting-signature': { kind: 'warning', title: 'Waiting for the insured’s signature' },
  superseded: { kind: 'warning', title: 'Superseded' },
  withdrawn: { kind: 'danger', title: 'Withdrawn' },
  'no-answer': { kind: 'danger', title: 'No answer' },
}

const SENTENCES: Partial<Record<Answer['status'], string>> = {
  unknown:
    'Either it was prepared on another installation of Attested, so ask there, or it is not a file that was handed out as it is.',
  'in-force': 'It was neither withdrawn nor superseded up to now.',
  'awaiting-signature':
    'This is the copy with the technical contributor’s signature only. It attests no answers yet.',
}

function AnswerNotice({ answer }: { answer: Answer }) {
  const { kind, title } = LOOKS[answer.status]
  return (
    <Notice kind={kind} title={title} announce>
      {SENTENCES[answer.status]}
      {'sentence' in answer ? answer.sentence : null}
      {'reason' in answer ? (
        <>
          {answer.at ? (
            <p>
              Since <Time at={answer.at} show="moment" />.
            </p>
          ) : null}
          <p className="mt-1 whitespace-pre-line wrap-anywhere">
            {answer.reason ? `The preparer’s reason: ${answer.reason}` : 'The preparer gave no reason.'}
          </p>
        </>
      ) : null}
    </Notice>
  )
}
