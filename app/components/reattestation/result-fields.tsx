/** What is asked besides the result: which exceptions; or since when, why, what will be done; and the broker. */
import type { ReattestWords } from '#app/report/language/reattestation/words.ts'
import { BROKER } from '#app/report/statement-reattestation.ts'
import type { OfficerSheet } from '#app/services/reattestation-visit.server.ts'
import { ChoiceCards } from '../choice-field.tsx'
import { Notice } from '../notice.tsx'
import { DateField, TextAreaField, TextField } from '../text-field.tsx'
import type { useCheckedForm } from '../use-checked-form.ts'

interface FieldsProps {
  field: ReturnType<typeof useCheckedForm<Record<string, string>>>['field']
  words: ReattestWords
  answer: OfficerSheet['steps'][number]
}

export function ExceptionFields({ field, words: { say }, answer }: FieldsProps) {
  return (
    <TextAreaField
      {...field('exceptions')}
      label={say('step.exceptions')}
      hint={say('step.exceptions-hint')}
      defaultValue={answer.given?.exceptions ?? ''}
      rows={3}
    />
  )
}

export function EndedFields({ field, words: { say }, answer, today }: FieldsProps & { today: string }) {
  const { given } = answer
  return (
    <>
      <DateField
        {...field('since')}
        label={say('step.from')}
        hint={say('step.from-hint')}
        max={today}
        defaultValue={given?.since ?? ''}
      />
      <TextAreaField
        {...field('cause')}
        label={say('step.cause')}
        defaultValue={given?.cause ?? ''}
        rows={2}
      />
      <TextAreaField {...field('plan')} label={say('step.plan')} defaultValue={given?.plan ?? ''} rows={2} />
      <TextField
        {...field('planOwner')}
        label={say('step.owner')}
        defaultValue={given?.planOwner ?? ''}
        autoComplete="off"
      />
      <DateField
        {...field('planDue')}
        label={say('step.due')}
        min={today}
        defaultValue={given?.planDue ?? ''}
      />
    </>
  )
}

export function BrokerFields({
  field,
  words: { say },
  answer,
  today,
  broker,
  onBroker,
}: FieldsProps & { today: string; broker: string; onBroker: (broker: string) => void }) {
  const choice = field('broker')
  return (
    <>
      <Notice kind="info">{say('step.duties')}</Notice>
      <ChoiceCards
        {...choice}
        label={say('step.broker')}
        layout="row"
        defaultValue={answer.given?.broker ?? undefined}
        options={BROKER.map((value) => ({ value, label: say(`step.broker-${value}`) }))}
        onChange={(event) => {
          onBroker(event.target.value)
          return choice.onChange(event)
        }}
      />
      {broker === 'told' ? (
        <DateField
          {...field('brokerOn')}
          label={say('step.broker-on')}
          max={today}
          defaultValue={answer.given?.brokerOn ?? ''}
        />
      ) : null}
    </>
  )
}
