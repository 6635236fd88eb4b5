/** Who, of neither side, reviewed the evidence; most reports name nobody, and then say so. */
import type { ComponentProps } from 'react'
import { Notice } from '../notice.tsx'
import { PageSection } from '../page-header.tsx'
import { TextField } from '../text-field.tsx'

type FieldProps = Pick<ComponentProps<typeof TextField>, 'name' | 'id' | 'error'>

interface ReviewerFieldsProps {
  /** Whose members sign as reviewers under their own authority. */
  firms: readonly string[]
  field: (name: 'reviewerName' | 'reviewerOrganisation' | 'reviewerTitle' | 'reviewerEmail') => FieldProps
}

export function ReviewerFields({ firms, field }: ReviewerFieldsProps) {
  return (
    <PageSection
      title="Independent reviewer, if there was one"
      lead="Somebody of neither side who looks at the evidence. With an e-mail address, the reviewer signs the report from a link of their own before the officer attests; without one, they are only named. Left empty, the report says that the preparer judged its own work."
    >
      {firms.length > 0 ? (
        <div className="mb-5">
          <Notice kind="info" title={`Engaged to assess and sign: ${firms.join(', ')}`}>
            Name a member of theirs with the address that they sign in with: they sign under the authority of
            their own organisation.
          </Notice>
        </div>
      ) : null}
      <div className="flex flex-col gap-5">
        <TextField {...field('reviewerName')} label="Reviewer’s full name" autoComplete="off" />
        <TextField {...field('reviewerOrganisation')} label="Reviewer’s organisation" autoComplete="off" />
        <TextField {...field('reviewerTitle')} label="Title, where the reviewer signs" autoComplete="off" />
        <TextField
          {...field('reviewerEmail')}
          type="email"
          label="E-mail address, where the reviewer signs"
          autoComplete="off"
        />
      </div>
    </PageSection>
  )
}
