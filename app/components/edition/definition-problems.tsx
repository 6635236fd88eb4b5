/** What is wrong with a definition and where, each place a way into the text. */
import type { DefinitionProblem } from '#questionnaires/validate-definition.ts'
import { Notice } from '../notice.tsx'

interface DefinitionProblemsProps {
  problems: readonly Pick<DefinitionProblem, 'line' | 'column' | 'message'>[]
  /** Moves the cursor there; without it the place is only named. */
  onGoTo?: (place: { line: number; column: number }) => void
}

const SHOWN = 50

export function DefinitionProblems({ problems, onGoTo }: DefinitionProblemsProps) {
  if (problems.length === 0) return null
  return (
    <Notice
      kind="danger"
      title={problems.length === 1 ? 'One problem to correct' : `${problems.length} problems to correct`}
      announce
    >
      <ol className="mt-1 space-y-1">
        {problems.slice(0, SHOWN).map((problem) => (
          <li key={`${problem.line}:${problem.column} ${problem.message}`}>
            {onGoTo ? (
              <button
                type="button"
                className="text-link tabular-nums"
                onClick={() => onGoTo({ line: problem.line, column: problem.column })}
              >
                Line {problem.line}, column {problem.column}
              </button>
            ) : (
              <span className="tabular-nums">
                Line {problem.line}, column {problem.column}
              </span>
            )}
            : {problem.message}
          </li>
        ))}
      </ol>
      {problems.length > SHOWN ? <p className="mt-1">And {problems.length - SHOWN} more.</p> : null}
    </Notice>
  )
}
