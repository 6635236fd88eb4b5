/** A waiver and its template as the texts of their forms. */
import { typedTextsOf } from '../typed-texts.ts'

const TEXT_FIELDS = [
  'service',
  'serviceOfferedOn',
  'risk',
  'consequence',
  'clientReason',
  'decisionMakerName',
  'decisionMakerRole',
  'decisionMakerEmail',
  'reviewOn',
] as const
export type WaiverFieldName = (typeof TEXT_FIELDS)[number]
export type WaiverTexts = Partial<Record<WaiverFieldName, string>> & { controlIds?: string[] }

/** In the order of the form. */
export const WAIVER_FIELDS = ['service', 'controlIds', ...TEXT_FIELDS.slice(1)] as const

export const fieldLabels: Record<WaiverFieldName, string> = {
  service: 'Service that was offered',
  serviceOfferedOn: 'Offered on',
  risk: 'What can happen without it',
  consequence: 'What it means for insurance',
  clientReason: 'Why the client declines',
  decisionMakerName: 'Name',
  decisionMakerRole: 'Role at the client',
  decisionMakerEmail: 'E-mail',
  reviewOn: 'Look at it again on',
}

const chosenControls = (values: Readonly<Record<string, unknown>>): string[] =>
  Array.isArray(values.controlIds) ? values.controlIds.filter((id) => typeof id === 'string') : []

const textsOf = typedTextsOf(TEXT_FIELDS)
/** What was posted, to fill the form again. */
export const typedWaiver = (values: Readonly<Record<string, unknown>>): WaiverTexts => ({
  ...textsOf(values),
  controlIds: chosenControls(values),
})

export const TEMPLATE_FIELDS = ['name', 'service', 'controlIds', 'risk', 'consequence'] as const
export type TemplateTexts = Partial<Record<'name' | 'service' | 'risk' | 'consequence', string>> & {
  controlIds?: string[]
}
const templateTexts = typedTextsOf(['name', 'service', 'risk', 'consequence'] as const)
export const typedTemplate = (values: Readonly<Record<string, unknown>>): TemplateTexts => ({
  ...templateTexts(values),
  controlIds: chosenControls(values),
})
