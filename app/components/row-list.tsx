/** Rows of a form that are added and removed: each has the names `list.NUMBER.field`, and gaps do not matter. */
import { Plus, Trash2 } from 'lucide-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { Button } from './button.tsx'

export interface RowField {
  name: string
  id: string
  error: string | undefined
}

interface RowListProps<Row> {
  list: string
  /** What a row is called: "Sublimit". */
  noun: string
  rows: readonly Row[]
  most: number
  addLabel: string
  errors: Readonly<Record<string, string>>
  /** @param row undefined for one that was added */
  children: (row: Row | undefined, field: (name: string) => RowField) => ReactNode
}

export function RowList<Row>({ list, noun, rows, most, addLabel, errors, children }: RowListProps<Row>) {
  const [shown, setShown] = useState(() =>
    rows.map((row, key): { key: number; row: Row | undefined } => ({ key, row })),
  )
  const next = useRef(rows.length)
  const added = useRef<number | null>(null)
  const addButton = useRef<HTMLButtonElement>(null)
  const body = useRef<HTMLDivElement>(null)

  useEffect(() => {
    if (added.current === null || shown.length === 0) return
    body.current
      ?.querySelector<HTMLElement>(`[data-row="${added.current}"] :is(input, select, textarea)`)
      ?.focus()
    added.current = null
  }, [shown])

  const add = () => {
    const key = next.current
    next.current += 1
    added.current = key
    setShown([...shown, { key, row: undefined }])
  }
  const remove = (key: number) => {
    setShown(shown.filter((one) => one.key !== key))
    addButton.current?.focus()
  }

  return (
    <div ref={body}>
      {errors[list] ? <p className="mb-3 text-bad text-caption">{errors[list]}</p> : null}
      {shown.map(({ key, row }, index) => (
        <fieldset key={key} data-row={key} className="mb-5 border-hairline border-t pt-3">
          <legend className="sr-only">
            {noun} {index + 1}
          </legend>
          <div className="mb-2 flex items-center justify-between gap-3">
            <p aria-hidden className="text-caption text-ink-soft">
              {noun} {index + 1}
            </p>
            <Button
              size="small"
              variant="quiet"
              icon={Trash2}
              onClick={() => remove(key)}
              aria-label={`Remove ${noun.toLowerCase()} ${index + 1}`}
            >
              Remove
            </Button>
          </div>
          {children(row, (name) => {
            const path = `${list}.${key}.${name}`
            return { name: path, id: path, error: errors[path] }
          })}
        </fieldset>
      ))}
      {shown.length < most ? (
        <Button ref={addButton} icon={Plus} onClick={add}>
          {addLabel}
        </Button>
      ) : null}
    </div>
  )
}
