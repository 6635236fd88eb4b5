/** The end of an independent assessment: the form that hands it over, and what was handed over. */
import { Form, useNavigation } from '@remix-run/react'
import {
  DECISION_KINDS,
  type DecisionKind,
  REVIEW_OPINIONS,
  type ReviewOpinion,
} from '#app/services/review-input.ts'
import { Button } from '../button.tsx'
import { ChoiceCards } from '../choice-field.tsx'
import { Disclosure } from '../disclosure.tsx'
import { DownloadLink } from '../download-link.tsx'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { decisionLook, OPINION_WORDS } from '../review/review-words.ts'
import { TextAreaField } from '../text-field.tsx'
import { Time } from '../time.tsx'

interface HandoverFormProps {
  errors: Record<string, string>
  refusal: string | undefined
}

export function HandoverForm({ errors, refusal }: HandoverFormProps) {
  const { state, formData } = useNavigation()
  return (
    <Disclosure
      title="Hand over and end"
      isOpen={'opinion' in errors || 'summary' in errors || Boolean(refusal)}
    >
      <Form method="post" noValidate className="flex max-w-measure flex-col gap-4">
        {refusal ? (
          <Notice kind="danger" announce>
            {refusal}
          </Notice>
        ) : null}
        <p className="text-ink-soft">
          Your opinion, the counts of your decisions and the list of what remains open are frozen for both
          sides. The engagement ends with it, so have the report signed first if you sign it.
        </p>
        <input type="hidden" name="intent" value="hand-over" />
        <ChoiceCards
          id="opinion"
          name="opinion"
          label="Your opinion"
          error={errors.opinion}
          options={REVIEW_OPINIONS.map((value) => ({ value, label: OPINION_WORDS[value] }))}
        />
        <TextAreaField
          id="summary"
          name="summary"
          label="Summary, with any conditions"
          rows={5}
          maxLength={4000}
          error={errors.summary}
        />
        <Button
          type="submit"
          variant="primary"
          className="self-start max-sm:self-stretch"
          loading={state !== 'idle' && formData?.get('intent') === 'hand-over'}
          loadingLabel="Handing over"
        >
          Hand over and end
        </Button>
      </Form>
    </Disclosure>
  )
}

export interface ShownHandover {
  opinion: ReviewOpinion
  summary: string
  byName: string
  at: string
  applications: readonly {
    applicationId: string
    clientName: string
    formTitle: string
    edition: string
    questions: number
    decided: number
    byKind: Partial<Record<DecisionKind, number>>
    open: readonly { item: string; prompt: string; kind: DecisionKind | null; note: string }[]
  }[]
}

export function HandedOver({ handover, href }: { handover: ShownHandover; href: string }) {
  return (
    <PageSection
      title="Handed over"
      actions={
        <DownloadLink look="small" href={href}>
          Download as text
        </DownloadLink>
      }
    >
      <Notice kind="info" title={`Opinion: ${OPINION_WORDS[handover.opinion].toLowerCase()}`}>
        <p className="wrap-anywhere whitespace-pre-line">{handover.summary}</p>
        <p className="mt-1 text-caption">
          {handover.byName}, <Time at={handover.at} show="moment" />
        </p>
      </Notice>
      {handover.applications.map((application) => (
        <section key={application.applicationId} className="mt-6 max-w-measure">
          <h3 className="wrap-anywhere font-semibold">
            {application.clientName}: {application.formTitle}, edition {application.edition}
          </h3>
          <p className="mt-1 text-ink-soft">
            {application.decided} of {application.questions} answers decided
            {DECISION_KINDS.flatMap((kind) => {
              const count = application.byKind[kind]
              return count ? [`${count} ${decisionLook[kind].word.toLowerCase()}`] : []
            }).map((words, index) => `${index === 0 ? ': ' : ', '}${words}`)}
            .
          </p>
          {application.open.length > 0 ? (
            <Disclosure title={`Remains open (${application.open.length})`}>
              <ul className="flex flex-col gap-2">
                {application.open.map((one) => (
                  <li key={one.item} className="wrap-anywhere">
                    <span className="text-ink-soft">{one.item}</span> {one.prompt}{' '}
                    <span className="text-caption text-ink-soft">
                      {one.kind ? decisionLook[one.kind].word : 'Not assessed'}
                      {one.note ? `: ${one.note}` : ''}
                    </span>
                  </li>
                ))}
              </ul>
            </Disclosure>
          ) : null}
        </section>
      ))}
    </PageSection>
  )
}
