/** The line-by-line response as it is read and printed: the twin of its PDF. */
import type { AnsweredCondition, ResponseAccount } from '#app/report/condition-response/response-account.ts'
import { DefinitionList } from '../definition-list.tsx'
import { Time } from '../time.tsx'

export function ResponseDocument({ account }: { account: ResponseAccount }) {
  const { form, edition, insurer, quoteReference, quotedOn, boundOn, binderExpiresOn } = account
  return (
    <>
      <div className="max-w-measure">
        <DefinitionList
          items={[
            { term: 'Insurer', value: insurer ?? 'Not recorded' },
            {
              term: 'Quote',
              value: (
                <>
                  {quoteReference ?? 'Not recorded'}
                  {quotedOn ? (
                    <>
                      , of <Time at={quotedOn} />
                    </>
                  ) : null}
                </>
              ),
            },
            { term: 'Application', value: `${form}, edition ${edition}` },
            {
              term: 'Binder',
              value:
                boundOn && binderExpiresOn ? (
                  <>
                    Issued <Time at={boundOn} />, last day <Time at={binderExpiresOn} />
                  </>
                ) : (
                  'Not issued yet'
                ),
            },
            { term: 'As of', value: <Time at={account.madeAt} show="moment" /> },
          ]}
        />
      </div>
      <ol className="mt-8 flex flex-col">
        {account.conditions.map((condition) => (
          <li key={condition.number} className="break-inside-avoid border-rule border-t py-5">
            <OneCondition condition={condition} />
          </li>
        ))}
      </ol>
    </>
  )
}

function OneCondition({ condition }: { condition: AnsweredCondition }) {
  const { number, reference, source, timing, dueOn, standing, isSettled, response, decision } = condition
  return (
    <>
      <p className="wrap-anywhere text-caption text-ink-soft">
        {[`${number}.`, reference ? `Insurer’s number ${reference};` : null, `${source};`]
          .filter(Boolean)
          .join(' ')}{' '}
        {timing.toLowerCase()}
        {dueOn ? (
          <>
            , due <Time at={dueOn} />
          </>
        ) : null}
        ; {standing}
      </p>
      <h2 className="wrap-anywhere mt-1 max-w-measure whitespace-pre-line font-medium">
        {condition.condition}
      </h2>
      {response ? (
        <>
          <p className="wrap-anywhere mt-3 max-w-measure whitespace-pre-line">{response.answer}</p>
          <p className="mt-1 text-caption text-ink-soft">
            {response.respondedBy}, <Time at={response.respondedOn} />
          </p>
          {response.cited.length > 0 ? (
            <ul className="mt-2 max-w-measure">
              {response.cited.map(({ title, fileName, sha256, observedOn }) => (
                <li key={`${sha256} ${title}`} className="border-hairline border-t py-1.5">
                  <span className="wrap-anywhere">{title}</span>{' '}
                  <span className="wrap-anywhere text-caption text-ink-soft">
                    {fileName}, as of <Time at={observedOn} />
                  </span>
                  <code className="block break-all font-mono text-micro text-ink-soft">{sha256}</code>
                </li>
              ))}
            </ul>
          ) : null}
        </>
      ) : isSettled ? null : (
        <p className="mt-3 text-ink-soft">Not answered yet.</p>
      )}
      {decision ? (
        <p className="wrap-anywhere mt-3 max-w-measure">
          Insurer: {decision.outcome.toLowerCase()}, {decision.decidedBy}, <Time at={decision.decidedOn} />.{' '}
          {decision.why}
        </p>
      ) : null}
    </>
  )
}
