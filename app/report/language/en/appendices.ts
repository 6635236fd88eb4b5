/** Appendices A to C: facts, evidence, and how anybody can check the file. */
export const appendices = {
  'facts.title': 'Facts',
  'facts.lead': 'What was read from the evidence, each with the place and the time it holds for.',
  'facts.none': 'No facts were read.',
  'facts.number': 'No.',
  'facts.fact': 'Fact',
  'facts.value': 'Value',
  'facts.holds-for': 'Holds for',
  'facts.observed': 'Observed',
  'facts.place': '{subject}, seen {viewpoint}',
  'facts.partial': 'covers a part only',

  'evidence.title': 'Evidence',
  'evidence.lead':
    'The files stay with those who prepared this report. Whoever is given one can compare its SHA-256 with the one here.',
  'evidence.none': 'No evidence was attached.',
  'evidence.file': '{kind}. {file}, {size}. Collected by {collector}.',
  'evidence.times': 'Observed {observed}; received {received}.',
  'evidence.times-until': 'Observed {observed}; received {received}; valid until {until}.',

  'check.title': 'How to check this report',
  'check.lead': 'Check the file itself, not a printout. A change of any byte makes the check fail.',
  'check.page': 'On the preparer’s page',
  'check.page-text':
    'Open this address and choose the file that you received. Compare what the page names, signers and date, with what you read here; for a check that does not rest on the preparer, use one of the ways below.',
  'check.verifier': 'With Attested’s verifier, offline',
  'check.verifier-text':
    'Checks every byte of this file, both signatures, the attached statement and that nothing was changed between the signatures. Add --authority with the certificate that the preparer gave you to check who signed.',
  'check.reader': 'With a PDF reader',
  'check.reader-text':
    'Open the signature panel. Because the signing authority belongs to the preparer, readers call the signatures valid and the identity unknown until you add its certificate to your trusted ones.',
  'check.poppler': 'With poppler',
  'check.poppler-text': 'Lists both signatures and says whether each is valid.',
  'check.openssl': 'With qpdf and OpenSSL',
  'check.openssl-text':
    'qpdf checks the file’s structure and takes out the attached statement. A signature’s /Contents holds a CMS message; its /ByteRange says which bytes it covers.',
  'check.identity': 'What the signatures say about identity',
  'check.identity-text':
    'The signing keys are certified by the preparer’s own authority, not by a public one. The signatures prove that the file is unchanged since it was signed with those keys. Who held the keys is as sure as the way in which you received the authority’s certificate: compare its SHA-256 fingerprint with the preparer by telephone or in person.',
} as const
