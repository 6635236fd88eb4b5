/** Begins the new draft of a move; stands above and below the long list of what would become of each answer. */
import { Form, useNavigation } from '@remix-run/react'
import type { ReactNode } from 'react'
import { Button, ButtonLink } from '../button.tsx'

interface BeginMoveProps {
  /** Form and edition, as the address has them. */
  to: string
  /** Back to the application as it is. */
  backHref: string
  children?: ReactNode
}

export function BeginMove({ to, backHref, children }: BeginMoveProps) {
  const navigation = useNavigation()
  return (
    <div className="flex flex-wrap gap-2.5">
      <Form method="post">
        <input type="hidden" name="to" value={to} />
        <Button
          type="submit"
          variant="primary"
          loading={navigation.state !== 'idle' && navigation.formMethod === 'POST'}
          loadingLabel="Beginning the draft"
        >
          Begin the new draft
        </Button>
      </Form>
      {children}
      <ButtonLink variant="quiet" to={backHref}>
        Not now
      </ButtonLink>
    </div>
  )
}
