/** The signed answers against today, as the preparer reads them: what happened to which, and what can be done. */

import { reattestWords } from '#app/report/language/reattestation/words.ts'
import type { ComparedRow, ShownComparison } from '#app/services/reattestation-pages.server.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { InLanguage, Said } from '../report/report-language.tsx'
import { Time } from '../time.tsx'
import { MarkBadges } from './mark-badge.tsx'

interface ComparedAnswersProps {
  rows: readonly ComparedRow[]
  language: ShownComparison['language']
  caption: string
  /** Where evidence for a question is asked for; left out where nothing can be done. */
  ask?: { clientId: string; applicationId: string }
}

export function ComparedAnswers({ rows, language, caption, ask }: ComparedAnswersProps) {
  const { say } = reattestWords(language)
  return (
    <InLanguage language={language}>
      <DataTable
        caption={caption}
        rows={rows}
        rowKey={({ questionId }) => questionId}
        empty={<p className="border-rule border-t pt-4 text-ink-faint">{say('delta.none')}</p>}
        columns={[
          {
            id: 'answer',
            header: say('chapter.answer'),
            isRowHeader: true,
            cell: ({ item, prompt, signed }) => (
              <>
                <span className="block text-ink-soft">
                  {item}: <Said>{prompt}</Said>
                </span>
                <Said>{signed.shown}</Said>
              </>
            ),
          },
          {
            id: 'mark',
            header: say('chapter.mark'),
            cell: ({ marks, since, earlier }) => (
              <>
                <MarkBadges marks={marks} wordOf={(mark) => say(`mark.${mark}`)} />
                {since ? (
                  <span className="block text-caption text-ink-soft">
                    <Time at={since} />
                  </span>
                ) : null}
                {earlier ? (
                  <span className="block text-caption text-ink-soft">
                    {say('step.earlier', { result: say(`result.${earlier}`) })}
                  </span>
                ) : null}
              </>
            ),
          },
          {
            id: 'why',
            header: say('chapter.seen'),
            cell: ({ why, questionId, mark }) => (
              <>
                {why.map((sentence) => (
                  <span key={sentence} className="block break-words">
                    <Said>{sentence}</Said>
                  </span>
                ))}
                {ask && mark !== 'unchanged' && mark !== 'supported-newly' ? (
                  <span className="no-print mt-1 block text-caption">
                    <TextLink
                      to={`/clients/${ask.clientId}/requests/new?question=${ask.applicationId}/${questionId}`}
                    >
                      Ask for evidence
                    </TextLink>
                  </span>
                ) : null}
              </>
            ),
          },
        ]}
      />
    </InLanguage>
  )
}
