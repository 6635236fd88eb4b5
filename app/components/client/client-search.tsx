import { Form, useSubmit } from '@remix-run/react'
import { Search } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { PortfolioQuery } from '#app/services/portfolio.ts'
import { Button } from '../button.tsx'
import { TextField } from '../text-field.tsx'

const PAUSE_MS = 250

/** Finds as one types; without scripts the button does it. */
export function ClientSearch({ query }: { query: Omit<PortfolioQuery, 'page'> }) {
  const submit = useSubmit()
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const field = useRef<HTMLInputElement>(null)
  useEffect(() => () => clearTimeout(timer.current), [])
  useEffect(() => {
    // A link changed the search ("Show all"); whoever is typing is never overwritten.
    if (field.current && field.current !== document.activeElement) field.current.value = query.text
  }, [query.text])
  return (
    <Form
      role="search"
      className="flex items-end gap-2 max-sm:w-full"
      onChange={(event) => {
        const form = event.currentTarget
        clearTimeout(timer.current)
        timer.current = setTimeout(() => submit(form, { replace: true, preventScrollReset: true }), PAUSE_MS)
      }}
      onSubmit={() => clearTimeout(timer.current)}
    >
      {query.which === 'archived' ? <input type="hidden" name="view" value="archived" /> : null}
      {query.sort === 'name' ? null : <input type="hidden" name="sort" value={query.sort} />}
      <TextField
        ref={field}
        id="client-search"
        name="q"
        type="search"
        label="Find a client"
        defaultValue={query.text}
        autoComplete="off"
        className="w-72 max-sm:w-auto max-sm:grow"
      />
      <Button type="submit" icon={Search}>
        Find
      </Button>
    </Form>
  )
}
