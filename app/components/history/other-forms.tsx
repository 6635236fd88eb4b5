import { TextLink } from '../link.tsx'

interface OtherFormsProps {
  /** All applications in force at the point. */
  forms: { id: string; title: string; edition: string }[]
  shown: string | undefined
  here: string
  /** The point, as the address has it. */
  search: string
}

/** Several forms can be in force at once, an application and its supplements; one is shown at a time. */
export function OtherForms({ forms, shown, here, search }: OtherFormsProps) {
  const others = forms.filter(({ id }) => id !== shown)
  return (
    <p className="mb-3 no-print">
      Also in force then:{' '}
      {others.map(({ id, title, edition }, index) => {
        const asked = new URLSearchParams(search)
        asked.set('application', id)
        return (
          <span key={id}>
            {index > 0 ? ', ' : null}
            <TextLink to={`${here}?${asked}#point`}>
              {title}, edition {edition}
            </TextLink>
          </span>
        )
      })}
    </p>
  )
}
