import type { Translation } from '#app/language/messages.ts'
import type { appendices as english } from '../en/appendices.ts'

export const appendices: Translation<typeof english> = {
  'facts.title': 'Feststellungen',
  'facts.lead': 'Was aus den Nachweisen gelesen wurde, jeweils mit dem Ort und der Zeit, für die es gilt.',
  'facts.none': 'Es wurden keine Feststellungen ausgelesen.',
  'facts.number': 'Nr.',
  'facts.fact': 'Feststellung',
  'facts.value': 'Wert',
  'facts.holds-for': 'Gilt für',
  'facts.observed': 'Erhoben',
  'facts.place': '{subject}, gesehen {viewpoint}',
  'facts.partial': 'betrifft nur einen Teil',

  'evidence.title': 'Nachweise',
  'evidence.lead':
    'Die Dateien bleiben bei denen, die diesen Bericht erstellt haben. Wer eine erhält, kann ihre SHA-256-Prüfsumme mit der hier angegebenen vergleichen.',
  'evidence.none': 'Es wurden keine Nachweise beigefügt.',
  'evidence.file': '{kind}. {file}, {size}. Erhoben von {collector}.',
  'evidence.times': 'Erhoben am {observed}; eingegangen am {received}.',
  'evidence.times-until': 'Erhoben am {observed}; eingegangen am {received}; gültig bis {until}.',

  'check.title': 'Wie Sie diesen Bericht prüfen',
  'check.lead':
    'Prüfen Sie die Datei selbst, nicht einen Ausdruck. Schon die Änderung eines einzigen Bytes lässt die Prüfung scheitern.',
  'check.page': 'Auf der Seite des Erstellers',
  'check.page-text':
    'Öffnen Sie diese Adresse und wählen Sie die Datei, die Sie erhalten haben. Vergleichen Sie Unterzeichner und Datum auf der Seite mit dem, was Sie hier lesen; für eine Prüfung, die nicht auf dem Ersteller beruht, nutzen Sie einen der folgenden Wege.',
  'check.verifier': 'Mit dem Prüfprogramm von Attested, offline',
  'check.verifier-text':
    'Prüft jedes Byte dieser Datei, beide Signaturen, die angehängte Erklärung und dass zwischen den Signaturen nichts geändert wurde. Mit --authority und dem Zertifikat, das der Ersteller Ihnen gegeben hat, prüft es auch, wer unterzeichnet hat.',
  'check.reader': 'Mit einem PDF-Programm',
  'check.reader-text':
    'Öffnen Sie das Unterschriftsfeld. Weil die Zertifizierungsstelle dem Ersteller gehört, melden PDF-Programme gültige Signaturen mit unbekannter Identität, bis Sie deren Zertifikat zu Ihren vertrauenswürdigen hinzufügen.',
  'check.poppler': 'Mit poppler',
  'check.poppler-text': 'Führt beide Signaturen auf und sagt, ob sie gültig sind.',
  'check.openssl': 'Mit qpdf und OpenSSL',
  'check.openssl-text':
    'qpdf prüft den Aufbau der Datei und entnimmt die angehängte Erklärung. /Contents einer Signatur enthält eine CMS-Nachricht; /ByteRange sagt, welche Bytes sie umfasst.',
  'check.identity': 'Was die Signaturen über die Identität aussagen',
  'check.identity-text':
    'Die Signaturschlüssel sind von der eigenen Zertifizierungsstelle des Erstellers beglaubigt, nicht von einer öffentlichen. Die Signaturen beweisen, dass die Datei seit der Unterzeichnung mit diesen Schlüsseln unverändert ist. Wer die Schlüssel hatte, ist so sicher wie der Weg, auf dem Sie das Zertifikat der Zertifizierungsstelle erhalten haben: Vergleichen Sie dessen SHA-256-Fingerabdruck telefonisch oder persönlich mit dem Ersteller.',
}
