/** Who, of neither side, reviewed the evidence; most reports name nobody, and then say so. */
import type { ComponentProps } from 'react'
import { PageSection } from '../page-header.tsx'
import { TextField } from '../text-field.tsx'

type FieldProps = Pick<ComponentProps<typeof TextField>, 'name' | 'id' | 'error'>

export function ReviewerFields({
  field,
}: {
  field: (name: 'reviewerName' | 'reviewerOrganisation') => FieldProps
}) {
  return (
    <PageSection
      title="Independent reviewer, if there was one"
      lead="Somebody of neither side who looked at the evidence before you sign. Left empty, the report says that the preparer judged its own work."
    >
      <div className="flex flex-col gap-5">
        <TextField {...field('reviewerName')} label="Reviewer’s full name" autoComplete="off" />
        <TextField {...field('reviewerOrganisation')} label="Reviewer’s organisation" autoComplete="off" />
      </div>
    </PageSection>
  )
}
