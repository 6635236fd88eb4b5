/** The frame of a page on which a report is shared; the reader has passed its door. */
export const shared = {
  'shared.page': 'Shared report',
  'shared.lead':
    'Shown to {name}, {organisation} ({email}), on {day}. It is meant for this reader alone; each access is recorded. The link works until {lastDay}.',
  'shared.signed': 'Signed by both sides',
  'shared.file': 'The signed file',
  'shared.for-reading':
    'This report was shared for reading. What was signed is a PDF with this fingerprint (SHA-256); whoever is given one can compare it:',
  'shared.download': 'Download the signed report',
  'shared.download-about':
    'The download is the very file that both sides signed. Your name does not stand across it, because any mark would break the signatures; each download is recorded instead. The file can be verified without an account, and stays on your computer then.',
  'shared.verify': 'Verify a file',
  'shared.file-hash': 'File, SHA-256',
  'shared.twins': 'For other programs',
  'shared.superseded': 'Superseded: a newer report took its place',
  'shared.withdrawn': 'Withdrawn: this report is no longer in force',
  'shared.in-force':
    'It was in force from {from} until {until}. The file, the statement and both signatures stay as they are.',
} as const
