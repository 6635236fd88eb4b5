import type { AnswerStatus } from '#app/readiness/status.ts'
import { answerCoverage, CoverageBar } from './coverage-bar.tsx'
import { AnswerStatusBadge } from './status-badge.tsx'

interface SpecimenAnswer {
  item: string
  question: string
  answer: string
  status: AnswerStatus
  reason: string
}

const answers: SpecimenAnswer[] = [
  {
    item: '3.1',
    question: 'Second factor for remote access',
    answer: 'Yes',
    status: 'contradicted',
    reason: '6 of 41 VPN accounts signed in without one.',
  },
  {
    item: '3.2',
    question: 'Second factor for e-mail',
    answer: 'Yes',
    status: 'supported',
    reason: 'Enforced for 41 of 41 mailboxes.',
  },
  {
    item: '5.4',
    question: 'Restore from backup tested',
    answer: 'Yes, within 12 months',
    status: 'stale',
    reason: 'The last test on record is 14 months old.',
  },
  {
    item: '6.2',
    question: 'Endpoint detection on servers',
    answer: '12 of 12',
    status: 'supported',
    reason: 'The agent list and the scan name the same 12 servers.',
  },
]

/** An invented page of a readiness report, marked as such: it shows what the product makes before one has any. */
export function Specimen() {
  return (
    <figure className="rounded-large border border-hairline bg-raised shadow-lift">
      <div className="px-5 pt-5 pb-6 sm:px-7 sm:pt-7">
        <div className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1">
          <p className="font-semibold text-lead">Harbour Street Dental</p>
          <p className="text-caption text-ink-soft">Core cyber application, edition 1</p>
        </div>
        <div className="ledger-rule mt-3 pt-5">
          <CoverageBar
            label="Specimen: 38 answers"
            segments={answerCoverage({ supported: 29, stale: 3, contradicted: 1, unsupported: 5 }).filter(
              (segment) => segment.count > 0,
            )}
          />
        </div>
        <ol className="mt-5 border-hairline border-t">
          {answers.map((entry) => (
            <li
              key={entry.item}
              className="grid grid-cols-[2rem_minmax(0,1fr)] items-baseline gap-x-2 border-hairline border-b py-2.5 sm:grid-cols-[2rem_minmax(0,1fr)_auto]"
            >
              <span className="text-caption text-ink-faint">{entry.item}</span>
              <div>
                <p>
                  {entry.question}: <span className="font-medium">{entry.answer}</span>
                </p>
                <p className="text-caption text-ink-soft">{entry.reason}</p>
              </div>
              <div className="col-start-2 mt-0.5 sm:col-start-3 sm:mt-0">
                <AnswerStatusBadge status={entry.status} />
              </div>
            </li>
          ))}
        </ol>
        <p className="mt-4 text-caption">
          <span className="font-semibold text-bad">Not ready to sign.</span> One answer is contradicted:
          change it, or record an exception with a reason.
        </p>
      </div>
      <figcaption className="border-hairline border-t px-5 py-2.5 text-caption text-ink-faint sm:px-7">
        Specimen with invented data
      </figcaption>
    </figure>
  )
}
