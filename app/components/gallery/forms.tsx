import { CheckboxField, ChoiceCards } from '../choice-field.tsx'
import { FileDrop } from '../file-drop.tsx'
import { FormErrorSummary } from '../form-error-summary.tsx'
import { PageSection } from '../page-header.tsx'
import { DateField, NumberField, SelectField, TextAreaField, TextField } from '../text-field.tsx'

export function GalleryForms() {
  return (
    <PageSection title="Forms">
      <form className="grid max-w-measure gap-6" noValidate>
        <FormErrorSummary
          problems={[
            { fieldId: 'email', message: 'Enter an e-mail address with an @ sign' },
            { fieldId: null, message: 'The application was signed in the meantime' },
          ]}
        />
        <TextField
          label="Legal name"
          hint="As it stands in the register."
          defaultValue="Harbour Street Dental Ltd"
        />
        <TextField
          id="email"
          label="E-mail address"
          type="email"
          error="Enter an e-mail address with an @ sign"
          defaultValue="wren.example.com"
        />
        <TextAreaField label="Explanation" optional hint="Printed in the report beside the answer." />
        <div className="flex flex-wrap gap-6">
          <NumberField label="Devices covered" unit="devices" defaultValue="112" />
          <NumberField label="Annual revenue" prefix="USD" decimals defaultValue="4200000" />
          <DateField label="Observed on" defaultValue="2026-11-12" />
        </div>
        <SelectField
          label="Kind of evidence"
          placeholder="Choose a kind"
          options={[
            { value: 'scan', label: 'Vulnerability scan' },
            { value: 'policy', label: 'Policy document' },
          ]}
        />
        <ChoiceCards
          name="vpn"
          layout="row"
          label="Is a second factor required for all remote access?"
          hint="Every path counts: VPN, remote desktop, vendors' tools. Registered is not enforced."
          defaultValue="yes"
          options={[
            { value: 'yes', label: 'Yes' },
            { value: 'no', label: 'No' },
            { value: 'dont-know', label: 'I don’t know' },
          ]}
        />
        <ChoiceCards
          name="backups"
          label="How are backups kept apart from the network?"
          error="Choose one answer"
          options={[
            {
              value: 'immutable',
              label: 'Immutable storage',
              hint: 'Cannot be changed or deleted before its term, by anyone.',
            },
            { value: 'offline', label: 'Offline copy' },
            { value: 'neither', label: 'Neither', disabled: true },
          ]}
        />
        <ChoiceCards
          name="mail"
          type="checkbox"
          label="Which mail protections are in place?"
          defaultValue={['spf']}
          options={[
            { value: 'spf', label: 'SPF' },
            { value: 'dkim', label: 'DKIM' },
            { value: 'dmarc', label: 'DMARC, enforced' },
          ]}
        />
        <CheckboxField
          label="I have made reasonable inquiry before answering"
          hint="You sign for the organisation."
        />
        <FileDrop
          name="file"
          label="Evidence file"
          hint="The original file, as the tool wrote it."
          invitation="Nessus, PDF, CSV, JSON or images; up to 1 GB"
          multiple
        />
        <TextField label="Client id" disabled defaultValue="c-204" />
      </form>
    </PageSection>
  )
}
