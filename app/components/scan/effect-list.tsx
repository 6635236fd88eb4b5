/** What a scan does to the answers of each open application. */
import type { ScanEffects } from '#app/services/scan-effects.server.ts'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { AnswerResult } from '../readiness/answer-result.tsx'

export function EffectList({ effects, clientId }: { effects: ScanEffects[]; clientId: string }) {
  if (effects.length === 0) {
    return (
      <p className="max-w-measure text-ink-soft">
        This client has no open application to hold the scan against.{' '}
        <TextLink to={`/clients/${clientId}/applications/new`}>Start one</TextLink>, and what the scan
        supports or contradicts appears here.
      </p>
    )
  }
  return (
    <div className="flex flex-col gap-8">
      {effects.map((effect) => (
        <ApplicationEffects key={effect.applicationId} effect={effect} />
      ))}
    </div>
  )
}

function ApplicationEffects({ effect }: { effect: ScanEffects }) {
  const bears = ({ result }: ScanEffects['answers'][number]) =>
    result.reasons.some(({ outcome }) => outcome !== 'not-comparable')
  const touched = effect.answers.filter(bears)
  const beside = effect.answers.filter((answer) => !bears(answer))
  return (
    <section>
      <h3 className="font-semibold text-lead">
        <TextLink quiet to={`/applications/${effect.applicationId}/readiness`}>
          {effect.formTitle}
        </TextLink>
      </h3>
      {effect.problem ? <Notice kind="warning">{effect.problem}</Notice> : null}
      {effect.problem || touched.length > 0 ? null : (
        <p className="mt-1 max-w-measure text-ink-soft">
          No answer rests on this scan: the questions that it speaks about are not answered with a claim, or
          newer facts about the same place have taken over.
        </p>
      )}
      {touched.length > 0 ? (
        <p className="mt-1 max-w-measure text-caption text-ink-soft">
          The reasons are those of this scan alone. The mark at an answer is how it stands with all evidence
          together.
        </p>
      ) : null}
      {touched.map((answer) => (
        <AnswerResult key={answer.result.questionId} {...answer} sources={{}} />
      ))}
      {beside.length > 0 ? (
        <details className="mt-3">
          <summary className="py-1 text-ink-soft">Related, but not comparable ({beside.length})</summary>
          {beside.map((answer) => (
            <AnswerResult key={answer.result.questionId} {...answer} sources={{}} />
          ))}
        </details>
      ) : null}
    </section>
  )
}
