/** Told when somebody else saved the client first: what differs, and the two ways on. */
import { ButtonLink } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { Notice } from '../notice.tsx'
import type { ClientTexts } from './client-form.tsx'
import { differingFields, fieldLabels } from './client-texts.ts'

export function EditConflict({
  saved,
  typed,
  reloadTo,
}: {
  saved: ClientTexts
  typed: ClientTexts
  reloadTo: string
}) {
  const differing = differingFields(saved, typed)
  const shown = (text: string | undefined) =>
    text?.trim() ? <span className="whitespace-pre-line break-words">{text}</span> : 'empty'
  return (
    <>
      <Notice
        kind="warning"
        announce
        title="Somebody else saved this client in the meantime"
        action={
          <ButtonLink size="small" to={reloadTo} reloadDocument>
            Reload and drop what I typed
          </ButtonLink>
        }
      >
        Nothing was overwritten. What you typed still stands below; saving it now replaces their values in the
        fields that differ.
      </Notice>
      {differing.length > 0 ? (
        <div className="mt-5 max-w-measure">
          <DataTable
            caption="Fields that differ"
            showCaption
            rows={differing}
            rowKey={(name) => name}
            empty={null}
            columns={[
              { id: 'field', header: 'Field', isRowHeader: true, cell: (name) => fieldLabels[name] },
              { id: 'saved', header: 'Saved by others', cell: (name) => shown(saved[name]) },
              { id: 'typed', header: 'Typed by you', cell: (name) => shown(typed[name]) },
            ]}
          />
        </div>
      ) : null}
    </>
  )
}
