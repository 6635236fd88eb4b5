/** The end of the answers: what was said, once more, and the report that is made of it. */
import { Form, Link, useNavigation } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { brokerSentence, reattestWords } from '#app/report/language/reattestation/words.ts'
import { RESULTS } from '#app/report/statement-reattestation.ts'
import type { OfficerSheet } from '#app/services/reattestation-visit.server.ts'
import type { DoorReply } from '../attestation/door.tsx'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Button, ButtonLink } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { Said } from '../report/report-language.tsx'
import { nextStep, OfficerKicker } from './officer-overview.tsx'

export function OfficerEnd({ sheet, reply }: { sheet: OfficerSheet; reply: DoorReply | undefined }) {
  const { state } = useNavigation()
  const words = reattestWords(sheet.language)
  const { say, date } = words
  const all = [...sheet.steps, ...sheet.unchanged]
  const isMissing = ({ given, isStep }: (typeof all)[number]) =>
    given === null && (isStep || !sheet.isListConfirmed)
  const missing = all.filter(isMissing).length
  const said = (result: (typeof RESULTS)[number]) =>
    all.filter((one) => !isMissing(one) && (one.given?.result ?? 'still-true') === result)
  return (
    <SignerLayout
      language={sheet.language}
      kicker={<OfficerKicker sheet={sheet} />}
      title={say('end.title')}
      lead={say('end.lead')}
    >
      {reply?.refusal ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      {[...RESULTS].reverse().map((result) => {
        const answers = said(result)
        if (answers.length === 0) return null
        return (
          <section key={result} className="mt-5 first:mt-0">
            <h2 className="font-semibold text-section">{say(`end.${result}`, { count: answers.length })}</h2>
            {result === 'still-true' ? null : (
              <ul className="mt-2 border-rule border-t">
                {answers.map(({ questionId, item, prompt, shown, given }) => (
                  <li key={questionId} className="border-hairline border-b py-3">
                    <p className="break-words text-ink-soft">
                      {item}: <Said>{prompt}</Said>
                    </p>
                    <p className="break-words font-medium">
                      <Said>{shown}</Said>
                    </p>
                    <p className="mt-1 break-words">
                      {given?.since ? `${say('chapter.from', { day: date(given.since) })}. ` : ''}
                      <Said>{given?.exceptions ?? given?.cause ?? ''}</Said>
                    </p>
                    {given?.plan ? (
                      <p className="break-words">
                        {say('chapter.plan')}:{' '}
                        {say('chapter.plan-value', {
                          what: given.plan,
                          owner: given.planOwner ?? '',
                          day: date(given.planDue ?? ''),
                        })}
                      </p>
                    ) : null}
                    {given?.broker ? (
                      <p className="text-caption text-ink-soft">
                        {brokerSentence({ tell: given.broker, on: given.brokerOn ?? undefined }, words)}
                      </p>
                    ) : null}
                  </li>
                ))}
              </ul>
            )}
          </section>
        )
      })}
      {said('no-longer-true').length > 0 ? (
        <div className="mt-6">
          <Notice kind="warning">{say('step.duties')}</Notice>
        </div>
      ) : null}
      <div className="mt-8">
        {missing > 0 ? (
          <>
            <p className="mb-3">{say('end.missing', { count: missing })}</p>
            <ButtonLink variant="primary" to={nextStep(sheet)}>
              {say('sheet.go-on')}
            </ButtonLink>
          </>
        ) : (
          <Form method="post">
            <input type="hidden" name="intent" value="finish-answering" />
            <Button
              type="submit"
              variant="primary"
              loading={state !== 'idle'}
              loadingLabel={say('end.making')}
            >
              {say('end.make')}
            </Button>
          </Form>
        )}
      </div>
      <p className="mt-6">
        <Link to="?" className="inline-flex items-center gap-1 text-caption text-ink-soft hover:text-accent">
          <ChevronLeft aria-hidden size={15} /> {say('step.back')}
        </Link>
      </p>
    </SignerLayout>
  )
}
