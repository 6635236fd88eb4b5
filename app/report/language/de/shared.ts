import type { Translation } from '#app/language/messages.ts'
import type { shared as english } from '../en/shared.ts'

export const shared: Translation<typeof english> = {
  'shared.page': 'Geteilter Bericht',
  'shared.lead':
    'Gezeigt für {name}, {organisation} ({email}), am {day}. Er ist nur für diese Person bestimmt; jeder Zugriff wird aufgezeichnet. Der Link gilt bis {lastDay}.',
  'shared.signed': 'Von beiden Seiten unterzeichnet',
  'shared.file': 'Die unterzeichnete Datei',
  'shared.for-reading':
    'Dieser Bericht wurde zum Lesen geteilt. Unterzeichnet ist eine PDF-Datei mit dieser Prüfsumme (SHA-256); wer eine erhält, kann sie vergleichen:',
  'shared.download': 'Unterzeichneten Bericht herunterladen',
  'shared.download-about':
    'Sie erhalten genau die Datei, die beide Seiten unterzeichnet haben. Ihr Name steht nicht darauf, weil jeder Vermerk die Signaturen brechen würde; stattdessen wird jedes Herunterladen aufgezeichnet. Die Datei lässt sich ohne Konto prüfen und bleibt dabei auf Ihrem Rechner.',
  'shared.verify': 'Eine Datei prüfen',
  'shared.file-hash': 'Datei, SHA-256',
  'shared.twins': 'Für andere Programme',
  'shared.superseded': 'Ersetzt: Ein neuerer Bericht ist an seine Stelle getreten',
  'shared.withdrawn': 'Zurückgezogen: Dieser Bericht gilt nicht mehr',
  'shared.in-force':
    'Er galt von {from} bis {until}. Die Datei, die Erklärung und beide Signaturen bleiben, wie sie sind.',
}
