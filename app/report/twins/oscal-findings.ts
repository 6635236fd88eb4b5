/** What follows for each control: which were looked at, what was found, and which frameworks they come from. */
import type { Statement } from '../statement.ts'
import type { Source } from './oscal-ids.ts'
import { relatedObservations } from './oscal-observations.ts'
import { risksOfControl } from './oscal-risks.ts'
import { line, property, prose, token, withoutEmpty } from './oscal-text.ts'

type Control = Statement['controls'][number]

/** A selection for each control, because properties hang on selections. */
export function reviewedControls({ controls, edition }: Statement) {
  const selections = controls.map((control) => ({
    description: prose(control.label),
    props: frameworkProperties(control),
    'include-controls': [{ 'control-id': token(control.id) }],
  }))
  return {
    description: prose(
      `Controls of the catalogue of Attested, version ${edition.catalogueVersion}, that the form asks about. Properties name the safeguards of CIS Controls and the outcomes of NIST CSF that each of them serves.`,
    ),
    'control-selections':
      selections.length > 0
        ? selections
        : [{ description: 'The form asks about no control of the catalogue.', 'include-all': {} }],
  }
}

function frameworkProperties({ id, domain, frameworks }: Control) {
  return [
    property('control-id', id),
    property('domain', domain),
    ...frameworks.cis.map((safeguard) => property('cis-safeguard', safeguard)),
    ...frameworks.csf.map((outcome) => property('csf-outcome', outcome)),
  ]
}

/** OSCAL knows two states only; the reason, the implementation and a remark keep our five apart. */
const TARGET = {
  met: {
    status: { state: 'satisfied', reason: 'pass' },
    implementation: 'implemented',
  },
  partly: {
    status: { state: 'not-satisfied', reason: 'fail', remarks: 'Met in part: the evidence shows a gap.' },
    implementation: 'partial',
  },
  unmet: {
    status: { state: 'not-satisfied', reason: 'fail' },
    implementation: undefined,
  },
  unknown: {
    status: {
      state: 'not-satisfied',
      reason: 'other',
      remarks: 'Unknown: no evidence that counts today shows whether it is met. Nothing speaks against it.',
    },
    implementation: undefined,
  },
  'not-applicable': {
    status: {
      state: 'satisfied',
      reason: 'other',
      remarks: 'Not applicable: the answers say that there is nothing to protect by it. It was not tested.',
    },
    implementation: 'not-applicable',
  },
} as const satisfies Record<Control['status'], unknown>

export function findingsOf(source: Source) {
  return source.statement.controls.map((control) => {
    const { status, implementation } = TARGET[control.status]
    const sentences = control.reasons.map(({ sentence }) => sentence)
    const title = line(control.label)
    return withoutEmpty({
      uuid: source.id('finding', control.id),
      title,
      description: prose(
        ...(sentences.length > 0 ? sentences : ['No evidence was weighed for this control.']),
      ),
      props: control.reasons.map(({ outcome, sentence }) => property('reason', sentence, outcome)),
      target: withoutEmpty({
        type: 'objective-id',
        'target-id': token(control.id),
        title,
        props: [property('status', control.status), ...frameworkProperties(control)],
        status,
        'implementation-status': implementation === undefined ? undefined : { state: implementation },
      }),
      'related-observations': relatedObservations(source, control.reasons),
      'related-risks': risksOfControl(source, control.id).map((uuid) => ({ 'risk-uuid': uuid })),
    })
  })
}
