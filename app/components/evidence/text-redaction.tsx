/** Chooses what to black out in a text, a table or a JSON file. */
import { Form, useNavigation } from '@remix-run/react'
import { EyeOff } from 'lucide-react'
import type { RedactionKind } from '#app/documents/preview-kind.ts'
import { Button } from '../button.tsx'
import { CheckboxField } from '../choice-field.tsx'
import { Fieldset } from '../field.tsx'
import { TextAreaField } from '../text-field.tsx'

interface TextRedactionProps {
  kind: RedactionKind
  /** Cells of the table's first row. */
  columns: readonly string[]
  looksLikeHeading: boolean
  errors: Record<string, string>
}

export function TextRedaction({ kind, columns, looksLikeHeading, errors }: TextRedactionProps) {
  const isSending = useNavigation().state !== 'idle'
  return (
    <Form method="post" noValidate className="flex max-w-measure flex-col gap-5">
      <TextAreaField
        id="strings"
        name="strings"
        label="Texts to black out"
        optional={kind === 'table'}
        rows={6}
        spellCheck={false}
        autoComplete="off"
        hint="One a line. Every place is blacked out, whatever its capitals; the server looks afterwards whether it is really gone. Encoded forms, such as Base64, are not searched. The list itself is not kept."
        error={errors.strings}
      />
      {kind === 'table' && columns.length > 0 ? (
        <Fieldset
          id="columns"
          label="Columns to black out"
          hint="Every cell of it, without the heading where there is one."
          optional
          error={errors.columns}
        >
          <div className="grid gap-2 sm:grid-cols-2">
            {columns.map((name, index) => (
              <CheckboxField
                // biome-ignore lint/suspicious/noArrayIndexKey: the number is what a column is; headings repeat.
                key={index}
                name="columns[]"
                value={index}
                label={<span className="wrap-anywhere">{name || `Column ${index + 1}`}</span>}
              />
            ))}
          </div>
          <div className="mt-3">
            <CheckboxField
              name="hasHeading"
              value="yes"
              defaultChecked={looksLikeHeading}
              label="The first row is a heading"
              hint="Without the tick it is blacked out like every other row."
            />
          </div>
        </Fieldset>
      ) : null}
      <Button
        type="submit"
        variant="primary"
        icon={EyeOff}
        className="self-start"
        loading={isSending}
        loadingLabel="Blacking out"
      >
        Make redacted copy
      </Button>
    </Form>
  )
}
