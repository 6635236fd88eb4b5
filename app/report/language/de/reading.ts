import type { Translation } from '#app/language/messages.ts'
import type { reading as english } from '../en/reading.ts'

export const reading: Translation<typeof english> = {
  'reading.title': 'Vollständiger Bericht',
  'reading.report': 'Nachweisbericht',
  'reading.lead':
    'Alles, was die unterzeichnete Erklärung sagt, zum Lesen am Bildschirm und für Vorleseprogramme. Unterzeichnet ist die PDF-Datei.',
  'reading.applicant': 'Antragsteller',
  'reading.frozen': 'Antworten eingefroren',
  'reading.statement-hash': 'Erklärung, SHA-256',
  'reading.controls-counted': 'Maßnahmen: {status}',
  'reading.count-of': '{count} von {total}',
  'reading.exceptions': 'Ausnahmen',
  'reading.why-stands': 'Warum die Antwort bestehen bleibt',
  'reading.reduces': 'Was das Risiko mindert',
  'reading.excepted': 'Was ausgenommen ist',
  'reading.holds-until': 'Gilt bis',
  'reading.open-on': 'Offen am {date}, nach Tagen seit dem ersten Scan, der sie sah',
  'reading.days-without-proof': 'Tage ohne Nachweis, nach Maßnahme',
  'reading.control': 'Maßnahme',
  'reading.days': 'Tage',
  'reading.why': 'Begründung',
  'reading.controls-lead': 'Erfüllt ist nur, was behauptet und belegt ist. Unbekannt zählt nie als erfüllt.',
  'reading.answers-lead': 'E- und F-Nummern verweisen auf die Nachweise und Feststellungen weiter unten.',
  'reading.sources': 'Nachweise und Feststellungen',
  'reading.sources-lead':
    'Die Dateien bleiben bei denen, die den Bericht erstellt haben. Wer eine erhält, kann ihre SHA-256-Prüfsumme mit der hier angegebenen vergleichen.',
  'reading.source': 'Quelle',
  'reading.kind': 'Art',
  'reading.file': 'Datei',
  'reading.collected-by': 'Erhoben von',
  'reading.seen-from': ', gesehen {viewpoint}',
}
