import { describe, expect, it } from 'vitest'
import { Button } from '#app/components/button.tsx'
import { CheckboxField, ChoiceCards } from '#app/components/choice-field.tsx'
import { FileDrop } from '#app/components/file-drop.tsx'
import { FormErrorSummary } from '#app/components/form-error-summary.tsx'
import { DateField, NumberField, SelectField, TextAreaField, TextField } from '#app/components/text-field.tsx'
import { attributes, render } from './render.tsx'

const texts = { label: 'Devices', hint: 'Counted today', error: 'Enter a whole number', id: 'devices' }

describe.each([
  ['a text input', <TextField key="f" {...texts} />],
  ['a text area', <TextAreaField key="f" {...texts} />],
  ['a number input', <NumberField key="f" {...texts} />],
  ['a date input', <DateField key="f" {...texts} />],
  ['a select', <SelectField key="f" {...texts} options={[]} />],
  ['a checkbox', <CheckboxField key="f" {...texts} />],
  ['a file input', <FileDrop key="f" {...texts} name="file" />],
])('%s', (_name, field) => {
  it('is named by its label and described by its error, then its hint', async () => {
    const markup = await render(field)
    expect(markup).toMatch(/<label[^>]* for="devices"[^>]*>Devices/)
    const control = /<(?:input|textarea|select)[^>]*>/.exec(markup)?.[0] ?? ''
    expect(attributes(control, 'id')).toEqual(['devices'])
    expect(attributes(control, 'aria-describedby')).toEqual(['devices-error devices-hint'])
    expect(attributes(control, 'aria-invalid')).toEqual(['true'])
    expect(markup).toMatch(/id="devices-error"[\s\S]*Enter a whole number/)
    expect(markup).toMatch(/id="devices-hint"[\s\S]*Counted today/)
  })
})

describe('a field without hint and error', () => {
  it('is described by nothing and not invalid', async () => {
    const markup = await render(<TextField label="Name" id="name" />)
    expect(markup).not.toContain('aria-describedby')
    expect(markup).not.toContain('aria-invalid')
  })

  it('says the word when it is optional', async () => {
    expect(await render(<TextField label="Name" optional />)).toContain('(optional)')
  })
})

describe('choice cards', () => {
  const options = [
    { value: 'yes', label: 'Yes' },
    { value: 'no', label: 'No', hint: 'Asks for an explanation' },
  ]

  it('ask their question in a legend and label each choice', async () => {
    const markup = await render(<ChoiceCards id="mfa" name="mfa" label="Enforced?" options={options} />)
    expect(markup).toMatch(/<legend[^>]*>Enforced\?/)
    expect(attributes(markup, 'for')).toEqual(['mfa-yes', 'mfa-no'])
    expect(attributes(markup, 'name')).toEqual(['mfa', 'mfa'])
    expect(markup).toContain('aria-describedby="mfa-no-hint"')
  })

  it('check the default choice only', async () => {
    const markup = await render(
      <ChoiceCards name="mfa" label="Enforced?" defaultValue="no" options={options} />,
    )
    expect(markup.match(/<input[^>]*>/g)?.map((input) => input.includes('checked=""'))).toEqual([false, true])
  })

  it('check several choices of a multiple choice', async () => {
    const markup = await render(
      <ChoiceCards type="checkbox" name="m" label="Which?" defaultValue={['yes', 'no']} options={options} />,
    )
    expect(markup.match(/checked=""/g)).toHaveLength(2)
  })

  it('tie the error to the group', async () => {
    const markup = await render(
      <ChoiceCards id="mfa" name="mfa" label="Enforced?" error="Choose one" options={options} />,
    )
    expect(/<fieldset[^>]*>/.exec(markup)?.[0]).toContain('aria-describedby="mfa-error"')
  })
})

describe('the error summary', () => {
  it('links each problem to its field and states the others', async () => {
    const markup = await render(
      <FormErrorSummary
        problems={[
          { fieldId: 'email', message: 'Enter an address' },
          { fieldId: null, message: 'Signed in the meantime' },
        ]}
      />,
    )
    expect(attributes(markup, 'href')).toEqual(['#email'])
    expect(markup).toContain('Signed in the meantime')
  })

  it('is absent without problems', async () => {
    expect(await render(<FormErrorSummary problems={[]} />)).toBe('')
  })
})

describe('a loading button', () => {
  it('says that it is busy and stays focusable', async () => {
    const markup = await render(
      <Button loading loadingLabel="Signing">
        Sign
      </Button>,
    )
    expect(markup).toContain('aria-busy="true"')
    expect(markup).toContain('aria-disabled="true"')
    expect(markup).not.toContain(' disabled=""')
    expect(markup).toContain('Signing')
  })
})
