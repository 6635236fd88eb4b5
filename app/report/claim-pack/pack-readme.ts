/** The README of a claim pack: what it is, and how it is checked with nothing of ours. */
import type { Manifest } from './manifest.ts'

const oneLine = (text: string) => text.replace(/\p{C}+/gu, ' ')

export function readmeOf(about: Omit<Manifest, 'files' | 'missing'>, authorityFingerprint: string): string {
  const { incident, client, application, organisation } = about
  const lines = [
    `Claim pack of ${client.legalName}`,
    `Incident: ${incident.title}`,
    '',
    `Frozen as of the end of ${about.asOf} (UTC); nothing recorded after ${about.knownOn} is inside.`,
    `Made on ${about.madeAt} by ${about.requestedBy}, ${organisation.name}, with Attested ${about.product.version}.`,
    application
      ? `Application in force: ${application.title}, edition ${application.edition}, ${application.attestedAt ? `attested on ${application.attestedAt}` : 'a draft that nobody had attested'}.`
      : 'No application of this client was on record for that day.',
    '',
    'cover.pdf                  the pack on paper',
    'incident.json              what was recorded of the incident',
    'application/               the answers in force, and the signed report where there is one',
    'readiness/as-of.json       what was true on the day, as known when the pack was made',
    'readiness/as-known.json    what could have been known on the day itself',
    'readiness/timeline.json    each control day by day up to that day',
    'evidence/                  the original files that counted, as they were received',
    'facts.json                 what was read from the evidence and counted',
    'exceptions.json            what was accepted although evidence contradicted it',
    'waivers.json, waivers/     services that the client had declined in writing, and the signed files',
    'drift.json                 what had changed between the attestation and the day',
    'ledger/                    proofs that the entries behind these were recorded, and when',
    'manifest.json              each file: its hash, its size, what it is, its dates',
    '',
    'Check it with other people’s tools: unpack, and run in this folder',
    '',
    '  sha256sum -c SHA256SUMS        (macOS: shasum -a 256 -c SHA256SUMS)',
    '  openssl x509 -in signer.pem -noout -pubkey > signer.pub',
    '  openssl dgst -sha256 -verify signer.pub -signature manifest.json.sig manifest.json',
    `  openssl verify -attime ${Math.floor(Date.parse(about.madeAt) / 1000)} -CAfile authority.pem signer.pem`,
    '  openssl x509 -in authority.pem -noout -fingerprint -sha256',
    '',
    'The last line must print the fingerprint that the organisation itself gives you, by telephone or in person:',
    `  ${authorityFingerprint}`,
    '',
    'What a proof shows: that an entry stood in the ledger when the checkpoint was signed. Readiness, timeline, drift and',
    'the cover follow from the record by Attested’s rules; they are signed with the manifest, and in no entry.',
    '',
    'SHA256SUMS and manifest.json hold the same hashes. With Attested, one command checks all of it, the ledger’s',
    'proofs and the signed report as well, offline:',
    '  attested verify PACK.zip --authority CERTIFICATE.pem',
    'Each file in ledger/ can also be checked alone: attested ledger check-proof FILE.json',
  ]
  return `${lines.map(oneLine).join('\n')}\n`
}
