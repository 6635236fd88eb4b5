/** A verification in plain words: the verdict, what failed, who signed what when, and every check. */
import { CircleCheck, CircleX, Info, type LucideIcon, Minus } from 'lucide-react'
import {
  DO_NOT_RELY,
  glanceOf,
  groupChecks,
  READ_NOTES,
  signersInWords,
  verdictOf,
} from '#app/report/verify/words.ts'
import type { Check, Verification } from '#app/report/verify.ts'
import { classNames } from '../class-names.ts'
import { DefinitionList } from '../definition-list.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { Time } from '../time.tsx'
import { type Tone, toneText } from '../tone.ts'

export function VerificationResult({
  fileName,
  verification,
  standing,
}: {
  fileName: string
  verification: Verification
  /** The question whether the report is still in force: next to what it says, or after what is wrong with it. */
  standing: React.ReactNode
}) {
  const { ok, checks, statement, signatures } = verification
  const { failed, unmade, notes, held } = groupChecks(checks)
  return (
    <section aria-label={`Result for ${fileName}`}>
      <Notice kind={ok ? 'success' : 'danger'} title={verdictOf(checks)} announce>
        <p className="wrap-anywhere">
          {ok
            ? `${fileName} is, byte for byte, the report that was signed. ${notes.length > 0 ? READ_NOTES : ''}`
            : `${fileName}: ${DO_NOT_RELY}`}
        </p>
      </Notice>
      {ok && statement ? (
        <>
          <PageSection title="Who signed">
            <DefinitionList
              items={signersInWords(signatures, statement).map(({ role, name, as, did, at }) => ({
                term: role,
                value: (
                  <>
                    <span className="font-medium">{name}</span>, {as}
                    <span className="block text-caption text-ink-soft">
                      {did} on <Time at={at} show="moment" />, by the preparer’s clock
                    </span>
                  </>
                ),
              }))}
            />
          </PageSection>
          <PageSection title="What it says at a glance">
            <DefinitionList items={glanceOf(statement)} />
          </PageSection>
          {standing}
        </>
      ) : null}
      <PageSection
        title={ok ? 'What was checked' : 'What is wrong, and what was checked'}
        lead={
          ok
            ? undefined
            : 'Who signed and what the report says is not shown, because neither can be relied on.'
        }
      >
        <ul className="border-hairline border-t">
          {[...failed, ...notes].map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
          {unmade.length > 0 ? (
            <li className="border-hairline border-b py-3">
              <Line icon={Minus} tone="neutral" word="Not made">
                <span className="font-medium">
                  {unmade.length === 1 ? 'One check' : `${unmade.length} checks`} could not be made because of
                  that
                </span>
                <ul className="mt-1 list-disc ps-4 text-caption text-ink-soft">
                  {unmade.map(({ id, title }) => (
                    <li key={id}>{title}</li>
                  ))}
                </ul>
              </Line>
            </li>
          ) : null}
          {held.map((check) => (
            <CheckRow key={check.id} check={check} />
          ))}
        </ul>
      </PageSection>
      {ok ? null : standing}
    </section>
  )
}

function lookOf({ ok, note }: Check): { icon: LucideIcon; tone: Tone; word: string } {
  if (!ok) return { icon: CircleX, tone: 'bad', word: 'Failed' }
  return note ? { icon: Info, tone: 'info', word: 'Note' } : { icon: CircleCheck, tone: 'ok', word: 'Holds' }
}

function CheckRow({ check }: { check: Check }) {
  return (
    <li className="border-hairline border-b py-3">
      <Line {...lookOf(check)}>
        <span className="font-medium">{check.title}</span>
        <span className="wrap-anywhere block max-w-measure text-caption text-ink-soft">{check.detail}</span>
      </Line>
    </li>
  )
}

function Line({
  icon: Icon,
  tone,
  word,
  children,
}: {
  icon: LucideIcon
  tone: Tone
  word: string
  children: React.ReactNode
}) {
  return (
    <div className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[6.5rem_minmax(0,1fr)]">
      <span
        className={classNames(
          'flex items-center gap-1.5 self-start font-medium text-caption leading-[1.45rem]',
          toneText[tone],
        )}
      >
        <Icon aria-hidden size={15} className="shrink-0" />
        {word}
      </span>
      <div className="min-w-0">{children}</div>
    </div>
  )
}
