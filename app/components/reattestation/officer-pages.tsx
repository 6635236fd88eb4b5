/** Which page of a re-attestation the officer sees, by the step in the address. */
import { useSearchParams } from '@remix-run/react'
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import type { OfficerSheet } from '#app/services/reattestation-visit.server.ts'
import type { DoorReply } from '../attestation/door.tsx'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { ProgressBar } from '../progress-bar.tsx'
import { useRefreshing } from '../use-refreshing.ts'
import { OfficerEnd } from './officer-end.tsx'
import { OfficerList } from './officer-list.tsx'
import { OfficerOverview } from './officer-overview.tsx'
import { OfficerStep } from './officer-step.tsx'

export function OfficerPages({ sheet, reply }: { sheet: OfficerSheet; reply: DoorReply | undefined }) {
  const [search] = useSearchParams()
  const step = search.get('step')
  if (step === 'list' && sheet.unchanged.length > 0) return <OfficerList sheet={sheet} reply={reply} />
  if (step === 'end') return <OfficerEnd sheet={sheet} reply={reply} />
  const listed = sheet.unchanged.find(({ questionId }) => questionId === search.get('question'))
  const number = Number(step)
  const walked = Number.isInteger(number) ? sheet.steps[number - 1] : undefined
  const answer = walked ?? (step === 'answer' ? listed : undefined)
  if (!answer) return <OfficerOverview sheet={sheet} />
  return (
    <OfficerStep
      key={answer.questionId}
      sheet={sheet}
      answer={answer}
      step={walked ? number : 0}
      reply={reply}
    />
  )
}

/** Between the answers and the signature: some seconds. */
export function ReportInTheMaking({
  language,
  kicker,
}: {
  language: OfficerSheet['language']
  kicker: string
}) {
  useRefreshing(true)
  const { say } = reattestWords(language)
  return (
    <SignerLayout language={language} kicker={kicker} title={say('making.title')}>
      <div aria-live="polite">
        <ProgressBar label={say('making.label')} share={null} detail={say('making.detail')} />
      </div>
    </SignerLayout>
  )
}
