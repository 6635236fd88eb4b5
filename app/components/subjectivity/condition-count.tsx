/** How many of an application's conditions are still to be met. */
import { TextLink } from '../link.tsx'
import { StatusBadge } from '../status-badge.tsx'
import { standingLook } from './standing.tsx'

interface ConditionCountProps {
  applicationId: string
  conditions: { toBeMet: number; lapsed: number }
}

export function ConditionCount({ applicationId, conditions: { toBeMet, lapsed } }: ConditionCountProps) {
  return (
    <TextLink quiet to={`/applications/${applicationId}/subjectivities`}>
      {toBeMet === 0 ? 'All settled' : `${toBeMet} to be met`}
      {lapsed > 0 ? (
        <span className="block">
          <StatusBadge {...standingLook.lapsed} word={`${lapsed} lapsed`} />
        </span>
      ) : null}
    </TextLink>
  )
}
