/** What threatens a policy, said before anything else on its page. */
import type { ApplicationConcern, HeldControl } from '#app/services/policy-concerns.ts'
import { CONTROL_HOLD_WORDS, isConcern } from '#app/services/policy-concerns.ts'
import { ButtonLink } from '../button.tsx'
import { countOf } from '../counts.ts'
import { formatDay } from '../dates.ts'
import { TextLink } from '../link.tsx'
import { Notice } from '../notice.tsx'
import { Time } from '../time.tsx'
import type { ShownPolicy } from './policy-view.ts'

type Alarming = Pick<
  ShownPolicy,
  | 'id'
  | 'standing'
  | 'expiresOn'
  | 'isFollowed'
  | 'threatened'
  | 'readinessOf'
  | 'applicationConcerns'
  | 'application'
>

/** @param recordTo where the policy that followed is recorded; null where nothing can be done */
export function PolicyAlarms({ policy, recordTo }: { policy: Alarming; recordTo: string | null }) {
  const { threatened, readinessOf, applicationConcerns, application } = policy
  const worst = threatened.flatMap(({ controls }) => controls).some(({ hold }) => hold === 'contradicted')
  return (
    <div className="mb-6 flex flex-col gap-3 empty:hidden">
      {policy.standing === 'expired' && !policy.isFollowed ? (
        <Expired policy={policy} recordTo={recordTo} />
      ) : null}
      {threatened.length > 0 ? (
        <Notice
          kind={worst ? 'danger' : 'warning'}
          title={`${countOf(threatened.length, 'endorsement')} ${threatened.length === 1 ? 'depends' : 'depend'} on controls that no longer hold`}
        >
          <ul className="flex flex-col gap-2">
            {threatened.map(({ title, controls }) => (
              <li key={title}>
                <span className="wrap-anywhere font-medium">{title}</span>
                <ul className="list-disc ps-5">
                  {controls.filter(isConcern).map((control) => (
                    <li key={control.id} className="wrap-anywhere">
                      <ControlLine control={control} />
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ul>
          {readinessOf ? (
            <p className="mt-2">
              <TextLink to={`/applications/${readinessOf}/readiness`}>See why</TextLink>, and look at the
              duties to give notice below.
            </p>
          ) : null}
        </Notice>
      ) : null}
      {applicationConcerns.map((concern) => (
        <Notice key={concern.kind} kind="warning" title={titleOf(concern)}>
          <Advice concern={concern} applicationId={application?.id ?? null} />
        </Notice>
      ))}
    </div>
  )
}

function Expired({ policy, recordTo }: { policy: Alarming; recordTo: string | null }) {
  return (
    <Notice
      kind="warning"
      title={`This policy expired on ${formatDay(new Date(policy.expiresOn))}`}
      action={
        recordTo ? (
          <ButtonLink size="small" to={`${recordTo}?after=${policy.id}`}>
            Record the renewed policy
          </ButtonLink>
        ) : null
      }
    >
      No policy that follows it is recorded, so what is shown here is cover that has ended. Record the renewed
      one from its declarations; where cover was not renewed, tell the client that there is none.
    </Notice>
  )
}

function ControlLine({ control: { label, hold, sentence } }: { control: HeldControl }) {
  return (
    <>
      {label}: {CONTROL_HOLD_WORDS[hold].toLowerCase()}
      {sentence ? `. ${sentence}` : ''}
    </>
  )
}

function titleOf(concern: ApplicationConcern): string {
  switch (concern.kind) {
    case 'none-named':
      return 'No application is named that this policy was written on'
    case 'gone':
      return 'The application that this policy was written on was thrown away'
    case 'not-signed':
      return 'The application that this policy was written on is not signed'
    case 'withdrawn':
      return 'The signed report that this policy rests on was withdrawn'
    case 'superseded':
      return 'The signed report that this policy rests on was superseded'
    case 'too-old':
      return 'The application was signed too long before cover began'
    case 'after-inception':
      return 'The application was signed after cover began'
    case 'other-cover':
      return 'The application was signed for cover from another day'
  }
}

function Advice({ concern, applicationId }: { concern: ApplicationConcern; applicationId: string | null }) {
  const report = 'reportId' in concern ? concern.reportId : null
  const toReport = report ? <TextLink to={`/reports/${report}`}>the signed report</TextLink> : null
  switch (concern.kind) {
    case 'none-named':
    case 'gone':
      return <>Name the one that the insurer has, so that what was promised can be watched.</>
    case 'not-signed':
      return (
        <>
          The insurer may hold another text than{' '}
          {applicationId ? (
            <TextLink to={`/applications/${applicationId}`}>the one here</TextLink>
          ) : (
            'the one here'
          )}
          . Have it signed, or name the application that was.
        </>
      )
    case 'withdrawn':
    case 'superseded':
      return <>Read why in {toReport}, and ask the broker whether the insurer has to be told.</>
    case 'too-old':
      return (
        <>
          {concern.days} days before the inception; the form allows {concern.maximumDays}. See {toReport}, and
          ask the broker whether it was signed again.
        </>
      )
    case 'after-inception':
      return (
        <>
          On <Time at={concern.signedOn} />, see {toReport}. Compare the dates with those on the declarations.
        </>
      )
    case 'other-cover':
      return (
        <>
          From <Time at={concern.coversFrom} />, see {toReport}. Compare the dates with those on the
          declarations.
        </>
      )
  }
}
