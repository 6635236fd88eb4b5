/** How statuses come about, whose word each part is, and what the signers declare. */
export const method = {
  'method.title': 'Method and limits',
  'method.answers':
    'People answered the questions. Evidence was kept with its checksum, and facts were read from it by program. Each fact holds for a place and a time: a port seen closed from inside the network says nothing about the internet, and evidence loses its force when it grows old. A fact contradicts an answer only where both speak about the same thing.',
  'method.contradictions':
    'A contradicted answer cannot be signed until it is changed or an exception gives the reason, what reduces the risk, who owns it, who approved it and when it ends. “I don’t know” is an answer; it opens a gap and never counts as met.',
  'method.limits':
    'Facts are what tools and exports recorded. They can be incomplete or wrong, and tools see only what they can reach. Nothing was tested by attack. A control that is met on the date of this report may not be met later.',
  'method.statuses': 'What a control’s status means',
  'method.bound': 'What this report is bound to',
  'method.begun': 'Application begun',
  'method.frozen': 'Answers frozen',
  'method.catalogue': 'Control catalogue',
  'method.edition-hash': 'SHA-256 of {form}, edition {edition}',
  'method.ledger': 'Ledger of {preparer} when frozen: entry {entry, number}',

  'who.title': 'Who collected, who judged, who reviewed',
  'who.nothing': 'No evidence was collected.',
  'who.collected':
    '{count, plural, one {The # piece of evidence was} other {The # pieces of evidence were}} collected by {names}.',
  'who.collected-and-others':
    '{count, plural, one {The # piece of evidence was} other {The # pieces of evidence were}} collected by {names}, and {others} others.',
  'who.judged':
    '{preparer} prepared this report. The statuses were computed from the answers and the evidence by fixed rules; nobody set one by hand.',
  'who.certifies': '{certifier} certifies the technical facts.',
  'who.attests': '{officer} attests the answers for {client}.',
  'who.both': '{certifier} certifies the technical facts, and {officer} attests the answers for {client}.',
  'who.reviewer': 'Named as independent reviewer: {name}, {organisation}',
  'who.no-reviewer': 'No independent reviewer is named',
  'who.reviewer-caution':
    '{preparer} says that this person, who belongs to neither side, reviewed the evidence. The reviewer did not sign this report: ask them before you rely on it.',
  'who.reviewer-signs':
    '{preparer} says that this person belongs to neither side. They sign this report for having reviewed the evidence; what they declare stands with the signatures.',
  'who.own-work':
    '{preparer} looks after systems that this report speaks of, and so judges its own work. Weigh what rests on its word alone accordingly; what rests on a file can be checked against the file.',

  'signatures.title': 'Signatures',
  'signatures.lead': 'Each person signs for their own part. The dates of signing are in the signatures.',
  'signatures.technical-contributor':
    'Signature {number}. Technical contributor, certifies the technical facts',
  'signatures.insured-officer': 'Signature {number}. Officer of the insured, attests the answers',
  'signatures.contributor': 'Signature {number}. Contributor, signs for the answers of their part',
  'signatures.reviewer': 'Signature {number}. Independent reviewer, has reviewed the evidence',
  'signatures.part': 'Signs for the answers {items}',
  'signatures.digital': 'Signed digitally; see the signature panel.',
  'signatures.field': 'Signature field “{field}”',
  'declaration.technical':
    'I certify that the technical facts and evidence listed in this report were collected as stated, and that nothing known to me that bears on them was left out. I do not attest the answers on behalf of the insured.',
  'declaration.contributor':
    'I certify that the answers listed with my name are true and complete to the best of my knowledge, and that nothing known to me that bears on them was left out. I sign for these answers only, and do not attest the application on behalf of the insured.',
  'declaration.reviewer':
    'I have reviewed the evidence in this report against the answers that rest on it. I collected none of it, belong neither to the organisation that prepared this report nor to the insured, and was not paid for a particular result. I do not attest the answers on behalf of the insured.',
} as const
