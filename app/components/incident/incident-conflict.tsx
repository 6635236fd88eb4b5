/** Told when somebody else saved the incident first: what differs, and the two ways on. */
import { ButtonLink } from '../button.tsx'
import { DataTable } from '../data-table.tsx'
import { Notice } from '../notice.tsx'
import { differingFields, fieldLabels, type IncidentTexts } from './incident-words.ts'

export function IncidentConflict(props: { saved: IncidentTexts; typed: IncidentTexts; reloadTo: string }) {
  const { saved, typed, reloadTo } = props
  return (
    <>
      <Notice
        kind="warning"
        announce
        title="Somebody else saved this incident in the meantime"
        action={
          <ButtonLink size="small" to={reloadTo} reloadDocument>
            Reload and drop what I typed
          </ButtonLink>
        }
      >
        Nothing was overwritten. What you typed still stands below; saving it now replaces their values.
      </Notice>
      <div className="mt-5 max-w-measure">
        <DataTable
          caption="Fields that differ"
          showCaption
          rows={differingFields(saved, typed)}
          rowKey={(name) => name}
          empty="The texts are the same; the affected assets may differ."
          columns={[
            { id: 'field', header: 'Field', isRowHeader: true, cell: (name) => fieldLabels[name] },
            { id: 'saved', header: 'Saved by others', cell: (name) => saved[name] || 'empty' },
            { id: 'typed', header: 'Typed by you', cell: (name) => typed[name] || 'empty' },
          ]}
        />
      </div>
    </>
  )
}
