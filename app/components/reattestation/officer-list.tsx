/** The unchanged answers as a list by section: read, opened where one wants more, and confirmed by one act. */
import { Form, Link, useNavigation } from '@remix-run/react'
import { ChevronLeft } from 'lucide-react'
import { useState } from 'react'
import { reattestWords } from '#app/report/language/reattestation/words.ts'
import type { OfficerSheet } from '#app/services/reattestation-visit.server.ts'
import type { DoorReply } from '../attestation/door.tsx'
import { SignerLayout } from '../attestation/signer-layout.tsx'
import { Button, ButtonLink } from '../button.tsx'
import { Notice } from '../notice.tsx'
import { Said } from '../report/report-language.tsx'
import { AnswerStatusBadge } from '../status-badge.tsx'
import { MarkBadges } from './mark-badge.tsx'
import { OfficerKicker } from './officer-overview.tsx'

type Answer = OfficerSheet['unchanged'][number]

export function OfficerList({ sheet, reply }: { sheet: OfficerSheet; reply: DoorReply | undefined }) {
  const { state } = useNavigation()
  const [isAllOpen, setIsAllOpen] = useState(false)
  const { say, date } = reattestWords(sheet.language)
  const sections = [...new Set(sheet.unchanged.map(({ section }) => section))]
  const left = sheet.unchanged.filter(({ given }) => given === null)
  return (
    <SignerLayout
      language={sheet.language}
      kicker={<OfficerKicker sheet={sheet} />}
      title={say('list.title')}
      lead={say('list.lead', { day: date(sheet.signedOn) })}
    >
      {reply?.refusal ? (
        <div className="mb-5">
          <Notice kind="danger" announce>
            {reply.refusal.message}
          </Notice>
        </div>
      ) : null}
      <Button size="small" aria-pressed={isAllOpen} onClick={() => setIsAllOpen(!isAllOpen)}>
        {say(isAllOpen ? 'list.close-all' : 'list.open-all')}
      </Button>
      {sections.map((section) => (
        <section key={section} aria-label={section} className="mt-6">
          <h2 className="mb-1 font-semibold text-section">
            <Said>{section}</Said>
          </h2>
          <ul className="border-rule border-t">
            {sheet.unchanged
              .filter((answer) => answer.section === section)
              .map((answer) => (
                <ListedAnswer key={answer.questionId} answer={answer} sheet={sheet} isOpen={isAllOpen} />
              ))}
          </ul>
        </section>
      ))}
      <div className="mt-8 flex flex-wrap gap-3">
        {sheet.isListConfirmed || left.length === 0 ? (
          <>
            {sheet.isListConfirmed ? <p className="w-full">{say('list.confirmed')}</p> : null}
            <ButtonLink variant="primary" to="?step=end">
              {say('list.on')}
            </ButtonLink>
          </>
        ) : (
          <Form method="post">
            <input type="hidden" name="intent" value="confirm-unchanged" />
            <Button
              type="submit"
              variant="primary"
              loading={state !== 'idle'}
              loadingLabel={say('step.saving')}
            >
              {say('list.confirm', { count: left.length })}
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

function ListedAnswer({ answer, sheet, isOpen }: { answer: Answer; sheet: OfficerSheet; isOpen: boolean }) {
  const { say } = reattestWords(sheet.language)
  return (
    <li className="border-hairline border-b py-2.5">
      <p className="break-words text-ink-soft">
        {answer.item}: <Said>{answer.prompt}</Said>
      </p>
      <p className="break-words font-medium">
        <Said>{answer.shown}</Said>
      </p>
      {answer.given ? <p>{say('list.said', { result: say(`result.${answer.given.result}`) })}</p> : null}
      {/* Mounted anew by the button, so that it opens and closes all; each one still opens by itself. */}
      <details key={String(isOpen)} open={isOpen} className="mt-1 text-caption">
        <summary className="min-h-6 cursor-pointer py-1 text-link">{say('step.what')}</summary>
        <div className="flex flex-col items-start gap-2 pt-1 pb-2">
          <MarkBadges marks={answer.marks} wordOf={(mark) => say(`mark.${mark}`)} />
          {answer.status ? <AnswerStatusBadge status={answer.status} /> : null}
          {answer.isExcepted ? <span>{say('step.excepted')}</span> : null}
          {answer.why.length === 0 ? <span>{say('step.nothing')}</span> : null}
          {answer.why.map((sentence) => (
            <Said key={sentence}>{sentence}</Said>
          ))}
          <Link to={`?step=answer&question=${encodeURIComponent(answer.questionId)}`} className="text-link">
            {say('list.differs')}
          </Link>
        </div>
      </details>
    </li>
  )
}
