/** One finding of a register: where it stands, what the tool says, and what people decided. */
import { DefinitionList } from '../definition-list.tsx'
import { TextLink } from '../link.tsx'
import { Time } from '../time.tsx'
import type { RegisterItem } from './register-table.tsx'

type Shown = Omit<RegisterItem, 'standing' | 'dispute'>

export function FindingFacts({ finding }: { finding: Shown }) {
  const { tool, checkId, cves, kevDueOn, epss, solution, decision, decisionUntil } = finding
  const place = finding.port === 0 ? 'The machine itself' : `Port ${finding.port}/${finding.protocol}`
  return (
    <div className="mt-5 max-w-measure">
      <DefinitionList
        items={[
          { term: 'Reported by', value: `${tool}, check ${checkId}` },
          {
            term: 'Where',
            value: `${place}${finding.service ? ` (${finding.service})` : ''}${finding.isExternal ? ', from the internet' : ''}`,
          },
          ...(cves.length > 0
            ? [{ term: 'Weaknesses', value: <span className="wrap-anywhere">{cves.join(', ')}</span> }]
            : []),
          ...(kevDueOn
            ? [
                {
                  term: 'Known to be exploited',
                  value: (
                    <>
                      Due <Time at={kevDueOn} />
                    </>
                  ),
                },
              ]
            : []),
          ...(epss === null ? [] : [{ term: 'EPSS', value: `${(epss * 100).toFixed(1)} %` }]),
          ...(decision
            ? [
                {
                  term: 'Judgement',
                  value: (
                    <span className="wrap-anywhere">
                      {decisionUntil ? (
                        <>
                          Until <Time at={decisionUntil} />.{' '}
                        </>
                      ) : null}
                      {finding.decidedBy}: {finding.decisionReason}
                    </span>
                  ),
                },
              ]
            : []),
          {
            term: 'Solution',
            value: (
              <span className="wrap-anywhere block max-h-60 overflow-y-auto whitespace-pre-wrap">
                {solution ?? 'The tool names none.'}
              </span>
            ),
          },
          {
            term: 'Scan',
            value: <TextLink to={`/scans/${finding.lastImportId}`}>The one that reported it last</TextLink>,
          },
        ]}
      />
    </div>
  )
}
