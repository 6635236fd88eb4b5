/** One schedule as it counts: in words, with where each part comes from, and its next dates. */
import { Form } from '@remix-run/react'
import { Pencil } from 'lucide-react'
import type { Level } from '#app/schedule/cascade.ts'
import { Button, ButtonLink } from '../button.tsx'
import { DefinitionList } from '../definition-list.tsx'
import { PageSection } from '../page-header.tsx'
import { dayInWords, FROM_WORDS, hourWords } from './schedule-words.ts'

interface Known<Value> {
  value: Value
  from: Level
}

export interface ScheduleSectionProps {
  title: string
  /** Left out on the page where it is changed; there its changes can be taken back. */
  editTo?: string
  resolved: {
    isOn: Known<boolean>
    rule: Known<string>
    startsOn: Known<string>
    timeZone: Known<string>
    localHour: Known<number>
  }
  ruleWords: string
  /** Said where there are no dates although it is on. */
  noDates: string
  next: readonly { plannedOn: string; on: string }[]
  changes: readonly {
    id: string
    kind: 'pause' | 'skip' | 'move'
    fromOn: string
    untilOn: string | null
    movedTo: string | null
    reason: string
    isOwn: boolean
  }[]
}

export function ScheduleSection(props: ScheduleSectionProps) {
  const { title, editTo, resolved, ruleWords, next, changes, noDates } = props
  const { isOn, rule, startsOn, timeZone, localHour } = resolved
  return (
    <PageSection
      title={title}
      actions={
        editTo === undefined ? undefined : (
          <ButtonLink to={editTo} size="small" icon={Pencil}>
            Change<span className="sr-only"> {title}</span>
          </ButtonLink>
        )
      }
    >
      {isOn.value ? (
        <div className="grid gap-6 lg:grid-cols-2">
          <DefinitionList
            items={[
              { term: 'How often', value: <From word={sentence(ruleWords)} from={rule.from} /> },
              {
                term: 'Counted from',
                value: <From word={dayInWords(startsOn.value)} from={startsOn.from} />,
              },
              {
                term: 'Hour',
                value: (
                  <>
                    <From word={hourWords(localHour.value)} from={localHour.from} />
                    <From word={timeZone.value} from={timeZone.from} />
                  </>
                ),
              },
            ]}
          />
          <div>
            <h3 className="font-medium">Next dates</h3>
            {next.length === 0 ? (
              <p className="mt-1 text-ink-soft">{noDates}</p>
            ) : (
              <ol className="mt-1 space-y-1">
                {next.map(({ plannedOn, on }) => (
                  <li key={plannedOn}>
                    <time dateTime={on}>{dayInWords(on)}</time>
                    {on === plannedOn ? null : (
                      <span className="text-ink-soft"> (moved from {dayInWords(plannedOn)})</span>
                    )}
                  </li>
                ))}
              </ol>
            )}
          </div>
        </div>
      ) : (
        <p className="text-ink-soft">
          Off, {FROM_WORDS[isOn.from]}. Nothing recurs and nobody is reminded of it.
        </p>
      )}
      {changes.length > 0 ? (
        <ul aria-label={`Pauses and moved dates: ${title}`} className="mt-4 border-rule border-t">
          {changes.map((change) => (
            <li
              key={change.id}
              className="flex flex-wrap items-center justify-between gap-3 border-hairline border-b py-2"
            >
              <span className="min-w-0 break-words">
                {changeWords(change)}: {change.reason}
                {change.isOwn ? null : <span className="text-ink-soft"> (said further up)</span>}
              </span>
              {change.isOwn && editTo === undefined ? (
                <Form method="post">
                  <input type="hidden" name="intent" value="take-back" />
                  <input type="hidden" name="changeId" value={change.id} />
                  <Button type="submit" size="small">
                    Take back<span className="sr-only">: {changeWords(change)}</span>
                  </Button>
                </Form>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
    </PageSection>
  )
}

function From({ word, from }: { word: string; from: Level }) {
  return (
    <span className="block">
      {word} <span className="text-caption text-ink-soft">({FROM_WORDS[from]})</span>
    </span>
  )
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

function changeWords({ kind, fromOn, untilOn, movedTo }: ScheduleSectionProps['changes'][number]): string {
  if (kind === 'skip') return `${dayInWords(fromOn)} left out`
  if (kind === 'move') return `${dayInWords(fromOn)} moved to ${dayInWords(movedTo ?? fromOn)}`
  return `Paused from ${dayInWords(fromOn)}${untilOn ? ` to ${dayInWords(untilOn)}` : ' on'}`
}
