/** Delivery reports as mail servers write them (RFC 3464), and complaints (RFC 5965). */

interface Report {
  /** Where it is sent: the envelope sender of the mail that it is about. */
  to: string
  recipient?: string
  action?: string
  status?: string
  diagnostic?: string
  messageId?: string
}

const lines = (...all: string[]) => Buffer.from(all.join('\r\n'))

export function bounceOf({
  to,
  recipient = 'oscar@client.example',
  action = 'failed',
  status = '5.1.1',
  diagnostic = 'smtp; 550 5.1.1 <oscar@client.example>: Recipient address rejected: User unknown',
  messageId = 'nobody@elsewhere.example',
}: Report): Buffer {
  return lines(
    'Return-Path: <>',
    'From: MAILER-DAEMON@mx.client.example (Mail Delivery System)',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status;',
    '\tboundary="1F2.1700000000/mx.client.example"',
    '',
    '--1F2.1700000000/mx.client.example',
    'Content-Description: Notification',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'This is the mail system at host mx.client.example.',
    '',
    '--1F2.1700000000/mx.client.example',
    'Content-Description: Delivery report',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.client.example',
    'Arrival-Date: Fri, 27 Nov 2026 10:00:00 +0000 (UTC)',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    `Original-Recipient: rfc822;${recipient}`,
    `Action: ${action}`,
    `Status: ${status}`,
    'Remote-MTA: dns; mail.client.example',
    `Diagnostic-Code: ${diagnostic}`,
    '',
    '--1F2.1700000000/mx.client.example',
    'Content-Description: Undelivered Message Headers',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${messageId}>`,
    'Subject: Please send',
    '',
    '--1F2.1700000000/mx.client.example--',
    '',
  )
}

export function complaintOf({ to }: { to: string }): Buffer {
  return lines(
    'From: <fbl@provider.example>',
    'To: <abuse@mail.msp.example>',
    'Subject: FW: Your summary',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=feedback-report; boundary="part"',
    '',
    '--part',
    'Content-Type: text/plain; charset="US-ASCII"',
    '',
    'This is an email abuse report.',
    '',
    '--part',
    'Content-Type: message/feedback-report',
    '',
    'Feedback-Type: abuse',
    'User-Agent: SomeGenerator/1.0',
    'Version: 1',
    `Original-Mail-From: <${to}>`,
    '',
    '--part',
    'Content-Type: message/rfc822',
    '',
    'From: <attested@mail.msp.example>',
    'Subject: Your summary',
    '',
    'Spam spam',
    '--part--',
    '',
  )
}
