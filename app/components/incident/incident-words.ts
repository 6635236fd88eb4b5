/** An incident as the texts of its form, and its days in words. */
import { typedTextsOf } from '../typed-texts.ts'

export const INCIDENT_FIELDS = [
  'kind',
  'title',
  'occurredFrom',
  'occurredUntil',
  'discoveredAt',
  'reportedOn',
  'policyNumber',
  'noticeReference',
  'description',
] as const
export type IncidentFieldName = (typeof INCIDENT_FIELDS)[number]
/** As they stand in the form: text, empty where nothing is known. */
export type IncidentTexts = Partial<Record<IncidentFieldName, string>>

export const fieldLabels: Record<IncidentFieldName, string> = {
  kind: 'Kind',
  title: 'What happened',
  occurredFrom: 'First day',
  occurredUntil: 'Latest day',
  discoveredAt: 'Discovered',
  reportedOn: 'Notice to the insurer',
  policyNumber: 'Policy number',
  noticeReference: 'Notice reference',
  description: 'Account',
}

export function textsOf(incident: {
  kind: string
  title: string
  occurredFrom: string
  occurredUntil: string
  discoveredAt: Date | string
  reportedOn: string | null
  policyNumber: string | null
  noticeReference: string | null
  description: string
}): Required<IncidentTexts> {
  const { occurredFrom, occurredUntil } = incident
  return {
    kind: incident.kind,
    title: incident.title,
    occurredFrom,
    occurredUntil: occurredUntil === occurredFrom ? '' : occurredUntil,
    discoveredAt: new Date(incident.discoveredAt).toISOString().slice(0, 16),
    reportedOn: incident.reportedOn ?? '',
    policyNumber: incident.policyNumber ?? '',
    noticeReference: incident.noticeReference ?? '',
    description: incident.description,
  }
}

/** What was posted, to fill the form again. */
export const typedTexts = typedTextsOf(INCIDENT_FIELDS)

export function differingFields(saved: IncidentTexts, typed: IncidentTexts): IncidentFieldName[] {
  const plain = (text = '') => text.replace(/\r\n/g, '\n').trim()
  return INCIDENT_FIELDS.filter((name) => plain(saved[name]) !== plain(typed[name]))
}
