/** The few fixes that clear most of what insurers ask about, with what each touches. */
import type { ShownFix, ShownPlan } from '#app/services/fix-plan.server.ts'
import { countOf, formatCount } from '../counts.ts'
import { TextLink } from '../link.tsx'
import { SeverityBadge } from '../scan/severity.tsx'
import { Time } from '../time.tsx'

const SHOWN_QUESTIONS = 4

export function FixPanel({ plan, findingsHref }: { plan: ShownPlan; findingsHref: string }) {
  const { sentence, relevant, cleared, findings, chosen, catalogues } = plan
  if (!sentence) {
    return (
      <p className="max-w-measure text-ink-soft">
        {findings === 0
          ? 'No finding is open. Import newer scans to keep it known.'
          : `None of the ${countOf(findings, 'open finding')} is of a kind that insurers ask about.`}
      </p>
    )
  }
  return (
    <div>
      <p className="max-w-measure text-lead font-semibold">{sentence}</p>
      <p className="mt-1 max-w-measure text-ink-soft">
        Counted over the {countOf(relevant, 'open finding')} that insurers ask about, of{' '}
        {formatCount(findings)} in all: critical or high with a fix older than 30 days, known to be exploited,
        critical from the internet, unsupported systems, open remote access and expired certificates. These
        fixes clear {formatCount(cleared)} of them.
      </p>
      <ol className="mt-5 border-rule border-t">
        {chosen.map((fix, index) => (
          <FixItem key={fix.key} fix={fix} number={index + 1} findingsHref={findingsHref} />
        ))}
      </ol>
      <p className="mt-3 text-caption text-ink-soft">
        <CatalogueDates {...catalogues} />
      </p>
    </div>
  )
}

export function CatalogueDates({ kev, epss }: { kev: string | null; epss: string | null }) {
  return (
    <>
      {kev ? (
        <>
          Known to be exploited: CISA’s catalogue of <Time at={kev} />.
        </>
      ) : (
        'Without CISA’s catalogue nobody knows which of these are exploited.'
      )}{' '}
      {epss ? (
        <>
          Likelihood: EPSS scores of <Time at={epss} />.
        </>
      ) : null}{' '}
      <TextLink to="/catalogues">{kev && epss ? 'Lists in use' : 'Load the lists'}</TextLink>
    </>
  )
}

function FixItem({ fix, number, findingsHref }: { fix: ShownFix; number: number; findingsHref: string }) {
  const further = fix.questions.length - SHOWN_QUESTIONS
  return (
    <li className="grid grid-cols-[2rem_minmax(0,1fr)] border-hairline border-b py-4">
      <span aria-hidden className="font-medium text-accent">
        {number}
      </span>
      <div className="min-w-0 max-w-measure">
        <h3 className="font-semibold wrap-anywhere">{fix.label}</h3>
        <p className="mt-0.5 flex flex-wrap gap-x-4 text-caption text-ink-soft">
          <SeverityBadge severity={fix.worst} />
          <span>
            {countOf(fix.relevant, 'finding')} on {countOf(fix.assets, 'asset')}
          </span>
          {fix.kev > 0 ? (
            <TextLink to={`${findingsHref}?kev=1`}>
              {formatCount(fix.kev)} known to be exploited{fix.isRansomware ? ', by extortionists too' : ''}
            </TextLink>
          ) : null}
          {fix.external > 0 ? <span>{formatCount(fix.external)} seen from the internet</span> : null}
          {fix.epss !== null ? <span>EPSS up to {(fix.epss * 100).toFixed(1)} %</span> : null}
        </p>
        <ul className="mt-2 list-disc ps-5">
          {fix.reasons.map(({ key, label, count }) => (
            <li key={key}>
              {label}: {formatCount(count)}
            </li>
          ))}
        </ul>
        {fix.oldestFixOn ? <Clocks fix={fix} fixedOn={fix.oldestFixOn} /> : null}
        {fix.questions.length > 0 ? (
          <div className="mt-2">
            <p className="text-caption text-ink-soft">Answers that it moves</p>
            <ul>
              {fix.questions.slice(0, SHOWN_QUESTIONS).map((question) => (
                <li key={question.href}>
                  <TextLink to={question.href}>
                    {question.formTitle}, {question.item}
                  </TextLink>
                  <span className="text-ink-soft">
                    {' '}
                    {question.isFreed
                      ? '– after these fixes no finding speaks against it'
                      : '– other findings still speak about it'}
                  </span>
                </li>
              ))}
            </ul>
            {further > 0 ? <p className="text-caption text-ink-soft">and {further} more</p> : null}
          </div>
        ) : null}
      </div>
    </li>
  )
}

function Clocks({ fix, fixedOn }: { fix: ShownFix; fixedOn: string }) {
  return (
    <p className="mt-2 text-caption">
      The oldest fix is of <Time at={fixedOn} />
      {fix.clocks.length === 0 ? '.' : ': '}
      {fix.clocks
        .map(({ threshold, daysLeft }) =>
          daysLeft < 0
            ? `the ${threshold} days that a form asks for passed ${countOf(-daysLeft, 'day')} ago`
            : `${countOf(daysLeft, 'day')} left of ${threshold}`,
        )
        .join('; ')}
      {fix.clocks.length === 0 ? '' : '.'}
    </p>
  )
}
