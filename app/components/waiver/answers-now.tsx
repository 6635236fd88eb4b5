/** How the applications stand today in what a waiver concerns; the waiver keeps what they asked when it was offered. */
import type { ShownAnswer } from '#app/services/waiver-consequences.ts'
import { DataTable } from '../data-table.tsx'
import { TextLink } from '../link.tsx'
import { PageSection } from '../page-header.tsx'

export function AnswersNow({ answers, isInForce }: { answers: readonly ShownAnswer[]; isInForce: boolean }) {
  return (
    <PageSection
      title="Answers as they stand now"
      lead={
        isInForce
          ? 'An answer that claims one of these controls in place is contradicted as long as the waiver is in force.'
          : 'Once the waiver is signed, an answer that claims one of these controls in place is contradicted.'
      }
    >
      <DataTable
        caption="Answers that this concerns"
        rows={answers}
        rowKey={({ href }) => href}
        empty={<p className="text-ink-soft">No application of the client asks about these controls.</p>}
        columns={[
          {
            id: 'question',
            header: 'Question',
            isRowHeader: true,
            cell: ({ item, prompt, href, form, edition, isSigned }) => (
              <>
                <TextLink to={href} className="wrap-anywhere">
                  {item} {prompt}
                </TextLink>
                <span className="block font-normal text-caption text-ink-soft">
                  {form}, edition {edition}
                  {isSigned ? ', signed' : ''}
                </span>
              </>
            ),
          },
          {
            id: 'answered',
            header: 'Answered',
            cell: ({ answered }) => <span className="wrap-anywhere">{answered ?? 'Open'}</span>,
          },
        ]}
      />
    </PageSection>
  )
}
