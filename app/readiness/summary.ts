/** Readiness in numbers and in next steps, for headers and lists. */
import type { AnswerStatus, ControlStatus, Readiness } from './status.ts'

// Pages ask for both together.
export { type Action, type ActionEffect, actionsFor } from './actions.ts'

export interface ReadinessSummary {
  answers: Record<AnswerStatus, number>
  supported: number
  /** Of the supported answers, those that something detracts from. */
  weakened: number
  unsupported: number
  stale: number
  contradicted: number
  /** Of the contradicted answers, those that an exception in force covers. */
  excepted: number
  notClaimed: number
  /** Obstacles to signing; one answer can have several. */
  blocking: number
  controls: Record<ControlStatus, number>
}

export function summarise({ answers, controls, blocking }: Readiness): ReadinessSummary {
  const withStatus = (status: AnswerStatus) => answers.filter((answer) => answer.status === status)
  const inStatus = (status: ControlStatus) => controls.filter((control) => control.status === status).length
  return {
    answers: {
      supported: withStatus('supported').length,
      unsupported: withStatus('unsupported').length,
      stale: withStatus('stale').length,
      contradicted: withStatus('contradicted').length,
      'not-claimed': withStatus('not-claimed').length,
    },
    supported: withStatus('supported').length,
    weakened: withStatus('supported').filter((answer) => answer.weakened).length,
    unsupported: withStatus('unsupported').length,
    stale: withStatus('stale').length,
    contradicted: withStatus('contradicted').length,
    excepted: withStatus('contradicted').filter((answer) => answer.exceptionId !== null).length,
    notClaimed: withStatus('not-claimed').length,
    blocking: blocking.length,
    controls: {
      met: inStatus('met'),
      partly: inStatus('partly'),
      unmet: inStatus('unmet'),
      unknown: inStatus('unknown'),
      'not-applicable': inStatus('not-applicable'),
    },
  }
}
