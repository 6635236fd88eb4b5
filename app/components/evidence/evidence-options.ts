/** The catalogue as the evidence forms offer it. */
import type { Catalogue, Control } from '#questionnaires/controls.ts'
import type { ControlGroup } from './control-picker.tsx'
import { groupKinds, type KindGroup } from './kind-groups.ts'

/** @param control the control the evidence is wanted for: its own kinds come first */
export function kindGroupsOf(catalogue: Catalogue, control: Control | null): KindGroup[] {
  const recommended = control
    ? [...control.evidence, ...(control.corroborating ?? []).map(({ kind }) => kind)]
    : []
  const kinds = catalogue.evidenceKinds.map(({ id, label, note, freshDays, maximumDays }) => ({
    id,
    label,
    note: note ?? null,
    countsUntilEnd: freshDays === null && maximumDays === null,
  }))
  return groupKinds(kinds, recommended)
}

export function controlGroupsOf({ domains, controls }: Catalogue): ControlGroup[] {
  return domains
    .map(({ id, label }) => ({
      label,
      controls: controls
        .filter(({ domain }) => domain === id)
        .map((control) => ({ id: control.id, label: control.label })),
    }))
    .filter((group) => group.controls.length > 0)
}
